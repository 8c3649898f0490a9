import { responses } from "@countersign/engine"
import type { CertificateEntry } from "./certificates/entry.ts"
import { resolveReference } from "./certificates/resolve.ts"
import { type CertificateStore, rememberStore } from "./certificates/store.ts"
import type { CompiledApi } from "./compile-api.ts"
import { rememberApis } from "./compile-apis.ts"
import type { Configuration, Invalid, LoadOptions } from "./configuration.ts"
import type { ApiDefinition } from "./definition/api-definition.ts"
import type { Documents } from "./documents.ts"
import { type Problem, problem, type Report } from "./problem.ts"
import { checkChoice, checkLists } from "./revocation/check-lists.ts"
import { rememberLists } from "./revocation/remember-lists.ts"
import { rememberRoutes } from "./routes.ts"
import { readSessions } from "./sessions/read-sessions.ts"
import { createTrustPool } from "./trust.ts"

/** Puts the documents of a configuration together, or says why they make none. */
export type Assemble = (
  documents: Documents,
  found: readonly Problem[],
  now: number,
) => Configuration | Invalid

/** Makes an assembler that remembers what it compiled last. */
export function createAssembler(options: LoadOptions): Assemble {
  const { preset = "default", boundCertificateSatisfiesAllowList = false, revocation } = options
  const flags = { boundCertificateSatisfiesAllowList }
  const storeOf = rememberStore()
  const compileApis = rememberApis()
  const routesOf = rememberRoutes()
  const trusts = createTrustPool()
  const prepareLists = rememberLists()
  return (documents, found, now) => {
    const problems = createProblems(found)
    const { report } = problems
    const { settings, definitions, stored, revocationLists, readReferenced: read } = documents
    const organisations = new Set(definitions.map(({ orgId }) => orgId))
    checkShared(documents, organisations, report)
    const store = storeOf(stored, organisations)
    const everyApi = settings.certificates.flatMap(
      (reference) => resolveReference(reference, "gateway", store, read, report) ?? [],
    )
    const { trustOf } = trusts
    const lists = prepareLists(revocationLists)
    checkLists(revocationLists, now, report)
    checkChoice(revocation, revocationLists, new Set(definitions.map((one) => one.apiId)), report)
    const context = { settings, everyApi, store, flags, preset, trustOf, lists, revocation }
    const apis = compileApis(distinct(definitions, report), context, read, report)
    trusts.prune(new Set(apis.flatMap(({ api }) => api.trust ?? [])))
    const certificates = certificatesOf(store, apis)
    const routes = routesOf(definitions, report)
    const { sessions, places: sessionPlaces } = readSessions(
      documents.sessions,
      sessionContext(documents, certificates),
      report,
    )
    if (definitions.length === 0 && !problems.areKnown()) reportNothing(report)
    if (routes === undefined || problems.areErrors()) {
      return { _tag: "Invalid", problems: problems.all }
    }
    return {
      _tag: "Configuration",
      routes,
      apis: new Map(apis.map(({ definition, api }) => [definition.apiId, api])),
      keys: settings.keys,
      responses: responses({ preset, override: settings.override }),
      sessions,
      certificates: store.ids,
      facts: {
        isFolder: documents.isFolder,
        settings,
        apis,
        stored,
        certificates,
        revocationLists,
        foundSessions: documents.sessions.length,
        sessionPlaces,
      },
      problems: problems.all,
    }
  }
}

interface Problems {
  readonly all: readonly Problem[]
  /** The same problem of the same place is kept once. */
  readonly report: Report
  readonly areErrors: () => boolean
  /** Whether what was found says by itself why there is nothing to serve. */
  readonly areKnown: () => boolean
}

function createProblems(found: readonly Problem[]): Problems {
  const all: Problem[] = []
  const seen = new Set<string>()
  const report: Report = (one) => {
    const key = JSON.stringify([one.code, one.file, one.place, one.message])
    if (!seen.has(key)) all.push(one)
    seen.add(key)
  }
  found.forEach(report)
  const areErrors = (): boolean => all.some(({ severity }) => severity === "error")
  return {
    all,
    report,
    areErrors,
    areKnown: () => areErrors() || all.some(({ code }) => code === "settings.alone"),
  }
}

function checkShared(
  { stored }: Documents,
  organisations: ReadonlySet<string>,
  report: Report,
): void {
  if (organisations.size < 2 || stored.every(({ orgId }) => orgId !== undefined)) return
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
      report(problem("api.duplicate", definition.at.apiId, message, "give each API its own id"))
    }
  }
  return [...byId.values()]
}

function sessionContext(
  { settings, definitions }: Documents,
  certificates: ReadonlyMap<string, CertificateEntry>,
): Parameters<typeof readSessions>[1] {
  const versions = new Map(definitions.map(({ apiId, versions }) => [apiId, versions]))
  return {
    allowMasterKeys: settings.allowMasterKeys,
    versionsOf: (apiId) => versions.get(apiId) ?? "unsaid",
    isCertificate: (sha256) => certificates.has(sha256),
  }
}

function certificatesOf(
  store: CertificateStore,
  apis: readonly CompiledApi[],
): ReadonlyMap<string, CertificateEntry> {
  const all = new Map(store.bySha256)
  for (const { unstored } of apis) for (const entry of unstored) all.set(entry.sha256, entry)
  return all
}
