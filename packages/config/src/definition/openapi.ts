import { checkKeys } from "../document/known-keys.ts"
import { isRecord, own } from "../document/record.ts"
import { below, type Place, problem, type Report } from "../problem.ts"
import type { ApiDefinition } from "./api-definition.ts"
import type { ClassicOptions } from "./classic.ts"
import { checkProtocol, reportAddresses, reportNotServed, reportUnsaid } from "./findings.ts"
import { readAuthentication } from "./openapi-authentication.ts"
import { decodeOpenApi, type OpenApiDocument, openApiKeys, schemeKeys } from "./openapi-schema.ts"

export const extensionName = "x-tyk-api-gateway"

type Extension = OpenApiDocument[typeof extensionName]

export interface OpenApiOptions extends Pick<ClassicOptions, "orgId"> {
  /** The id of a definition that names none. */
  readonly apiId?: string | undefined
}

/**
 * Reads an OpenAPI definition with the gateway's extension (SEMANTICS §1.7); undefined where it cannot be
 * served, with the reason reported.
 *
 * The gateway it comes from takes absent authentication for none. Here an API is keyless only where
 * `authentication.enabled` is false in so many words, and silence is refused unless an allow list stands
 * in front; then a token is asked for.
 */
export function readOpenApi(
  value: unknown,
  place: Place,
  options: OpenApiOptions,
  report: Report,
): ApiDefinition | undefined {
  checkKeys(value, openApiKeys, "document.misspelt_key", place, report)
  const at = below(place, extensionName)
  checkSchemeKeys(value, at, report)
  const document = decodeOpenApi(value, place, report)
  if (document === undefined) return undefined
  const { info, server } = document[extensionName]
  const apiId = info.id || options.apiId
  const orgId = info.orgId || options.orgId
  const identified = requireNames(apiId, orgId, below(at, "info"), report)
  if (apiId === undefined || orgId === undefined || !identified) return undefined
  if (!isServed(apiId, document[extensionName], at, report)) return undefined
  checkProtocol(server.protocol ?? "", below(at, "server", "protocol"), report)
  if (server.ipAccessControl?.enabled === true) {
    reportAddresses(below(at, "server", "ipAccessControl", "enabled"), report)
  }
  const { clientCertificates: listed } = server
  const places = placesOf(at)
  if (listed !== undefined && listed.enabled === undefined) {
    reportUnsaid("clientCertificates", places.staticMtls, report)
  }
  const authentication = readAuthentication(document, below(at, "server", "authentication"), report)
  return {
    place,
    at: places,
    apiId,
    orgId,
    name: info.name ?? "",
    host: hostOf(server),
    listenPath: server.listenPath.value,
    staticMtls: staticMtlsOf(server),
    allowList: (listed?.allowlist ?? []).map((text, i) => ({
      text,
      place: below(places.allowList, i),
    })),
    ...authentication,
    versions: versionsOf(info),
    protocol: server.protocol ?? "",
  }
}

function staticMtlsOf({ clientCertificates }: Extension["server"]): ApiDefinition["staticMtls"] {
  if (clientCertificates?.enabled === undefined) return "unsaid"
  return clientCertificates.enabled ? "on" : "off"
}

function placesOf(at: Place): ApiDefinition["at"] {
  return {
    apiId: below(at, "info", "id"),
    host: below(at, "server", "customDomain", "name"),
    listenPath: below(at, "server", "listenPath", "value"),
    staticMtls: below(at, "server", "clientCertificates", "enabled"),
    allowList: below(at, "server", "clientCertificates", "allowlist"),
    token: below(at, "server", "authentication", "securitySchemes"),
  }
}

/** Schemes have names of their own, so that their members are checked apart. */
function checkSchemeKeys(value: unknown, at: Place, report: Report): void {
  const path = [extensionName, "server", "authentication", "securitySchemes"]
  const schemes = path.reduce<unknown>(
    (inner, name) => (isRecord(inner) ? own(inner, name) : undefined),
    value,
  )
  if (!isRecord(schemes)) return
  const place = below(at, "server", "authentication", "securitySchemes")
  for (const [name, scheme] of Object.entries(schemes)) {
    checkKeys(scheme, schemeKeys, "document.misspelt_key", below(place, name), report)
  }
}

function requireNames(
  apiId: string | undefined,
  orgId: string | undefined,
  place: Place,
  report: Report,
): boolean {
  if (apiId === undefined) {
    report(problem("document.type", below(place, "id"), "Missing key", "add the member"))
  }
  if (orgId === undefined) {
    const remedy = "add `orgId`, or name the organisation when loading"
    report(problem("document.type", below(place, "orgId"), "Missing key", remedy))
  }
  return apiId !== undefined && orgId !== undefined
}

function isServed(apiId: string, { info }: Extension, at: Place, report: Report): boolean {
  const { active, internal } = info.state ?? {}
  if (active !== false && internal !== true) return true
  const [member, state] = active === false ? ["active", "not active"] : ["internal", "internal"]
  reportNotServed(apiId, state, below(at, "info", "state", member), report)
  return false
}

function hostOf({ customDomain: domain }: Extension["server"]): string {
  return domain?.enabled === false || !domain?.name ? "*" : domain.name
}

function versionsOf({ versioning }: Extension["info"]): ApiDefinition["versions"] {
  if (versioning?.enabled !== true) return "not_versioned"
  const names = [versioning.name, ...(versioning.versions ?? []).map(({ name }) => name)]
  return names.filter((name) => name !== undefined)
}
