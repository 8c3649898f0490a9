import { responses } from "@countersign/engine"
import { canonicalKey, createRoutes, type Routes } from "@countersign/http"
import { checkAuthorities } from "./audit/authorities.ts"
import type { CertificateEntry } from "./certificates/entry.ts"
import { resolveReference } from "./certificates/resolve.ts"
import { type CertificateStore, certificateStore } from "./certificates/store.ts"
import { type CompiledApi, compileApi } from "./compile-api.ts"
import type { Configuration, Invalid, LoadOptions } from "./configuration.ts"
import type { ApiDefinition } from "./definition/api-definition.ts"
import type { Documents } from "./documents.ts"
import { below, type Problem, problem, type Report } from "./problem.ts"
import type { KnownSession } from "./sessions/known-session.ts"
import { readSession } from "./sessions/session.ts"

/** Puts the documents of a configuration together, or says why they make none. */
export function assemble(
  documents: Documents,
  options: LoadOptions,
  found: readonly Problem[],
): Configuration | Invalid {
  const problems = [...found]
  const report: Report = (one) => problems.push(one)
  const { settings, definitions, stored, readReferenced: read } = documents
  const organisations = new Set(definitions.map(({ orgId }) => orgId))
  checkShared(documents, organisations, report)
  const store = certificateStore(stored, organisations)
  const everyApi = settings.certificates.flatMap(
    (reference) => resolveReference(reference, "gateway", store, read, report) ?? [],
  )
  const { preset = "default", boundCertificateSatisfiesAllowList = false } = options
  const flags = { boundCertificateSatisfiesAllowList }
  const context = { settings, everyApi, store, read, flags, preset }
  const compiled = distinct(definitions, report).map((one) => compileApi(one, context, report))
  const routes = routesOf(definitions, report)
  const certificates = allOf(store, compiled)
  const sessions = sessionsOf(documents, certificates, report)
  checkAuthorities(compiled, everyApi, report)
  if (definitions.length === 0 && problems.every(isWarning)) reportNothing(report)
  if (routes === undefined || !problems.every(isWarning)) {
    return { _tag: "Invalid", problems }
  }
  return {
    _tag: "Configuration",
    routes,
    apis: new Map(compiled.map(({ definition, api }) => [definition.apiId, api])),
    keys: settings.keys,
    responses: responses({ preset, override: settings.override }),
    sessions,
    certificates: store.ids,
    facts: { settings, apis: compiled, stored, certificates },
    problems,
  }
}

function isWarning({ severity }: Problem): boolean {
  return severity === "warning"
}

function checkShared(
  { stored }: Documents,
  organisations: ReadonlySet<string>,
  report: Report,
): void {
  if (organisations.size < 2) return
  const shared = stored.find(({ orgId }) => orgId === undefined)
  if (shared === undefined) return
  const message = `the certificates of this folder are stored for all ${organisations.size} organisations`
  const remedy = "put the certificates of one organisation into `certs/<organisation>`"
  report(problem("certificate.every_organisation", { file: "certs", place: "$" }, message, remedy))
}

function reportNothing(report: Report): void {
  const message = "there is no API to serve"
  const remedy = "put API definitions into the folder `apis`"
  report(problem("file.nothing_to_serve", { file: "apis", place: "$" }, message, remedy))
}

function distinct(definitions: readonly ApiDefinition[], report: Report): readonly ApiDefinition[] {
  const byId = new Map<string, ApiDefinition>()
  for (const definition of definitions) {
    const first = byId.get(definition.apiId)
    if (first === undefined) byId.set(definition.apiId, definition)
    else {
      const message = `API \`${definition.apiId}\` is also defined in ${first.place.file}, ${first.place.place}`
      const at = below(definition.place, "api_id")
      report(problem("api.duplicate", at, message, "give each API its own id"))
    }
  }
  return [...byId.values()]
}

function routesOf(definitions: readonly ApiDefinition[], report: Report): Routes | undefined {
  const routes = createRoutes(definitions)
  if (routes._tag === "routes") return routes
  for (const { about, apiIds, message } of routes.problems) {
    const api = definitions.findLast(({ apiId }) => apiId === apiIds.at(-1))
    const place = api?.place ?? { file: "apis", place: "$" }
    if (about === "conflict") {
      const remedy = "give each API its own listen path or host"
      report(problem("api.route_conflict", below(place, "proxy", "listen_path"), message, remedy))
    } else {
      const at = about === "host" ? below(place, "domain") : below(place, "proxy", "listen_path")
      report(problem("api.route", at, message, "give a plain one"))
    }
  }
  return undefined
}

function sessionsOf(
  documents: Documents,
  certificates: ReadonlyMap<string, CertificateEntry>,
  report: Report,
): ReadonlyMap<string, KnownSession> {
  const { settings, definitions } = documents
  const versions = new Map(definitions.map(({ apiId, versions }) => [apiId, versions]))
  const context = {
    allowMasterKeys: settings.allowMasterKeys,
    versionsOf: (apiId: string) => versions.get(apiId) ?? "unsaid",
    isCertificate: (sha256: string) => certificates.has(sha256),
  }
  const sessions = new Map<string, KnownSession>()
  const seen = new Map<string, string>()
  for (const { key, value, place } of documents.sessions) {
    const session = readSession(key, value, place, context, report)
    if (session === undefined) continue
    const canonical = canonicalKey(session.orgId, key)
    const same = JSON.stringify([canonical.orgId, canonical.id])
    const first = seen.get(same)
    if (first !== undefined) {
      const message = `the same key, perhaps in another spelling, has a session in ${first}`
      report(problem("session.duplicate", place, message, "keep one of the two"))
    }
    seen.set(same, `${place.file}, ${place.place}`)
    sessions.set(key, session)
  }
  return sessions
}

function allOf(
  store: CertificateStore,
  compiled: readonly CompiledApi[],
): ReadonlyMap<string, CertificateEntry> {
  const all = new Map(store.bySha256)
  for (const { entries } of compiled) for (const entry of entries) all.set(entry.sha256, entry)
  return all
}
