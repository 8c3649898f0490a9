import { certificateId } from "@countersign/x509"
import type { StoredCertificate } from "../certificates/store.ts"
import type { ApiDefinition, CertificateReference } from "../definition/api-definition.ts"
import { readClassic } from "../definition/classic.ts"
import { classicKeys } from "../definition/classic-schema.ts"
import { reportUnsaid } from "../definition/findings.ts"
import { extensionName, readOpenApi } from "../definition/openapi.ts"
import { checkKeys, type KnownKeys } from "../document/known-keys.ts"
import { parseText } from "../document/parse-text.ts"
import { isRecord, own } from "../document/record.ts"
import { below, type Place, problem, type Report, shown } from "../problem.ts"
import { decodeOasSpec, decodeReferences, type Manifest, type OasSpec } from "./manifest.ts"
import { type FindManifest, secretEntry } from "./secret.ts"

/** What the manifests of an operator amount to. */
export interface ResolvedManifests {
  readonly definitions: readonly ApiDefinition[]
  /** The certificates of the secrets that definitions name; an operator stores them. */
  readonly stored: readonly StoredCertificate[]
}

interface Context {
  readonly orgId: string | undefined
  readonly find: FindManifest
  readonly report: Report
  readonly stored: StoredCertificate[]
}

/**
 * Resolves the objects of an operator (SEMANTICS §10): an API's id is the base64url form of namespace/name,
 * its organisation that of the gateway; secrets and config maps are looked up among the manifests.
 */
export function resolveManifests(
  manifests: readonly Manifest[],
  orgId: string | undefined,
  report: Report,
): ResolvedManifests {
  const byName = new Map<string, Manifest>()
  for (const manifest of manifests) {
    const { kind, namespace, name, place } = manifest
    const key = JSON.stringify([kind, namespace, name])
    if (byName.has(key)) {
      const message = `${kind} \`${shown(namespace)}/${shown(name)}\` is there twice`
      report(problem("manifest.duplicate", place, message, "keep one of the two"))
    }
    byName.set(key, manifest)
  }
  const find: FindManifest = (...key) => byName.get(JSON.stringify(key))
  const context: Context = { orgId, find, report, stored: [] }
  const definitions = manifests.flatMap((manifest) => {
    if (manifest.kind === "ApiDefinition") return classicOf(manifest, context) ?? []
    return manifest.kind === "TykOasApiDefinition" ? (openApiOf(manifest, context) ?? []) : []
  })
  return { definitions, stored: context.stored }
}

function apiIdOf({ namespace, name }: Manifest): string {
  return Buffer.from(`${namespace}/${name}`).toString("base64url")
}

function classicOf(manifest: Manifest, context: Context): ApiDefinition | undefined {
  const { orgId, report } = context
  const place = below(manifest.place, "spec")
  const spec = own(manifest.value, "spec")
  const references = decodeReferences(spec, place, report)
  if (!isRecord(spec) || references === undefined) return undefined
  const refs = references.client_certificate_refs
  const isNamed = refs !== undefined && refs !== null
  // The certificates of secrets take the place of those that the definition lists itself.
  const value = {
    ...spec,
    api_id: apiIdOf(manifest),
    ...(own(spec, "org_id") === "" && { org_id: undefined }),
    ...(isNamed && { client_certificates: refs }),
  }
  const definition = readClassic(
    withoutUndefined(value),
    place,
    { orgId, keys: classicSpec },
    report,
  )
  if (definition === undefined || !isNamed) return definition
  const at = below(place, "client_certificate_refs")
  return listing(definition, refs, at, manifest.namespace, context)
}

const classicSpec: KnownKeys = { ...classicKeys, client_certificate_refs: true }

function withoutUndefined(value: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))
}

/** The same definition with the certificates of secrets as its allow list; undefined if one is missing. */
function listing(
  definition: ApiDefinition,
  names: readonly string[],
  at: Place,
  namespace: string,
  { find, report, stored }: Context,
): ApiDefinition | undefined {
  const { orgId, staticMtls, at: places } = definition
  if (staticMtls !== "on") return { ...definition, allowList: [] }
  const found = names.flatMap((name, i) => {
    const place = below(at, i)
    const entry = secretEntry(name, namespace, place, find, report)
    return entry === undefined ? [] : [{ entry, orgId, place }]
  })
  if (found.length < names.length) return undefined
  for (const one of found) stored.push(one)
  const allowList: readonly CertificateReference[] = found.map(({ entry, place }) => ({
    text: certificateId(orgId, entry.sha256),
    place,
  }))
  return { ...definition, allowList, at: { ...places, allowList: at } }
}

const oasKeys = {
  tykOAS: { configmapRef: { name: true, namespace: true, keyName: true } },
  clientCertificate: { enabled: true, allowlist: true },
} as const

function openApiOf(manifest: Manifest, context: Context): ApiDefinition | undefined {
  const { orgId, report } = context
  const place = below(manifest.place, "spec")
  checkKeys(own(manifest.value, "spec"), oasKeys, "document.misspelt_key", place, report)
  const spec = decodeOasSpec(own(manifest.value, "spec"), place, report)
  const found = spec && documentOf(spec, manifest, place, context)
  if (spec === undefined || found === undefined) return undefined
  const { clientCertificate } = spec
  const at = below(place, "clientCertificate")
  if (clientCertificate !== undefined && clientCertificate.enabled === undefined) {
    reportUnsaid("clientCertificate", below(at, "enabled"), report)
  }
  const value =
    clientCertificate === undefined ? found.value : switched(found.value, clientCertificate)
  const options = { orgId, apiId: apiIdOf(manifest) }
  const definition = readOpenApi(value, found.place, options, report)
  if (definition === undefined || clientCertificate === undefined) return definition
  const names = clientCertificate.allowlist ?? []
  const placed = { ...definition, at: { ...definition.at, staticMtls: below(at, "enabled") } }
  return listing(placed, names, below(at, "allowlist"), manifest.namespace, context)
}

/** The document with what the object says about client certificates in the place of its own. */
function switched(value: unknown, { enabled }: NonNullable<OasSpec["clientCertificate"]>): unknown {
  if (!isRecord(value)) return value
  const extension = own(value, extensionName)
  const server = isRecord(extension) ? own(extension, "server") : undefined
  if (!isRecord(extension) || !isRecord(server)) return value
  const clientCertificates = { enabled: enabled === true }
  return {
    ...value,
    [extensionName]: { ...extension, server: { ...server, clientCertificates } },
  }
}

/** The OpenAPI document that an object names, in a config map. */
function documentOf(
  { tykOAS }: OasSpec,
  { namespace }: Manifest,
  place: Place,
  { find, report }: Context,
): { readonly value: unknown; readonly place: Place } | undefined {
  const { name, keyName, namespace: other } = tykOAS.configmapRef
  const map = find("ConfigMap", other || namespace, name)
  const data = map && own(map.value, "data")
  const text = isRecord(data) ? own(data, keyName) : undefined
  if (map === undefined || typeof text !== "string") {
    const what =
      map === undefined ? "there is no such config map" : `it has no \`${shown(keyName)}\``
    const message = `config map \`${shown(other || namespace)}/${shown(name)}\`: ${what}`
    const at = below(place, "tykOAS", "configmapRef")
    report(problem("manifest.unresolved", at, message, "add it to the manifests"))
    return undefined
  }
  const at = below(map.place, "data", keyName)
  const parsed = parseText(text, at.file.replace(/\.ya?ml$/, ""))
  if ("code" in parsed) {
    report({ ...parsed, file: at.file, place: `${at.place}, ${parsed.place}` })
    return undefined
  }
  const [document] = parsed
  return { value: document?.value, place: { file: at.file, place: `${at.place}: $` } }
}
