import type { Identity } from "@countersign/engine"
import { type TokenSource, tokenSource } from "@countersign/http"
import { checkKeys } from "../document/known-keys.ts"
import { below, type Place, problem, type Report } from "../problem.ts"
import type { ApiDefinition, CertificateReference } from "./api-definition.ts"
import {
  type AuthConfig,
  type ClassicDocument,
  classicKeys,
  decodeClassic,
} from "./classic-schema.ts"
import { checkMechanisms } from "./mechanisms.ts"

export interface ClassicOptions {
  /** The organisation of definitions that name none. */
  readonly orgId?: string | undefined
}

/**
 * Reads a classic API definition; undefined where it cannot be served, with the reason reported.
 *
 * No authentication at all means a token, as the gateway it comes from adds one; only an explicit
 * `use_keyless: true` opens an API, and never against a member that says otherwise.
 */
export function readClassic(
  value: unknown,
  place: Place,
  options: ClassicOptions,
  report: Report,
): ApiDefinition | undefined {
  checkKeys(value, classicKeys, "document.misspelt_key", place, report)
  const document = decodeClassic(value, place, report)
  if (document === undefined) return undefined
  const orgId = document.org_id ?? options.orgId
  if (orgId === undefined) {
    const remedy = "add `org_id`, or name the organisation when loading"
    report(problem("document.type", below(place, "org_id"), "Missing key", remedy))
    return undefined
  }
  checkMechanisms(document, place, report)
  checkStaticMtls(document, place, report)
  if (!isServed(document, place, report)) return undefined
  const auth = tokenConfig(document, place, report)
  const identity = identityOf(document, auth)
  return {
    place,
    apiId: document.api_id,
    orgId,
    name: document.name ?? "",
    host: hostOf(document),
    listenPath: document.proxy.listen_path,
    staticMtls: staticMtlsOf(document),
    allowList: references(document.client_certificates, below(place, "client_certificates")),
    identity,
    token: identity._tag === "keyless" ? "none" : sourceOf(auth),
    stripAuthorizationData: document.strip_auth_data === true,
    versions: versionsOf(document),
  }
}

/** An allow list that nothing switches on is where a lost or misspelt member would open the API. */
function checkStaticMtls(document: ClassicDocument, place: Place, report: Report): void {
  if (document.use_mutual_tls_auth !== undefined) return
  if (document.client_certificates === undefined) return
  const message =
    "`client_certificates` is there, but `use_mutual_tls_auth` does not say whether it counts"
  const remedy =
    "set `use_mutual_tls_auth` to true, or to false if no certificate shall be asked for"
  report(problem("api.static_mtls_unsaid", below(place, "use_mutual_tls_auth"), message, remedy))
}

function staticMtlsOf({ use_mutual_tls_auth: use }: ClassicDocument): ApiDefinition["staticMtls"] {
  if (use === undefined) return "unsaid"
  return use ? "on" : "off"
}

function isServed(document: ClassicDocument, place: Place, report: Report): boolean {
  const inactive = document.active === false
  if (!inactive && document.internal !== true) return true
  const member = inactive ? "active" : "internal"
  const message = `API \`${document.api_id}\` is ${inactive ? "not active" : "internal"}: it is not served`
  report(problem("api.not_served", below(place, member), message, "none, if that is meant"))
  return false
}

/** `auth_configs.authToken`; where the map has none, the older `auth`. */
function tokenConfig(document: ClassicDocument, place: Place, report: Report): AuthConfig {
  const { auth, auth_configs: configs } = document
  if (configs === null && auth === undefined) {
    const remedy = "give `auth_configs.authToken`, or leave `auth_configs` out"
    const message = "`auth_configs` is null and there is no `auth` in its place"
    report(problem("document.type", below(place, "auth_configs"), message, remedy))
  }
  return configs?.authToken ?? auth ?? {}
}

function identityOf(document: ClassicDocument, auth: AuthConfig): Identity {
  return document.use_keyless === true
    ? { _tag: "keyless" }
    : { _tag: "authToken", certificate: auth.use_certificate === true }
}

function sourceOf(auth: AuthConfig): TokenSource {
  return tokenSource({
    authHeaderName: auth.auth_header_name,
    disableHeader: auth.disable_header,
    useParam: auth.use_param,
    paramName: auth.param_name,
    useCookie: auth.use_cookie,
    cookieName: auth.cookie_name,
  })
}

function hostOf({ domain, domain_disabled: disabled }: ClassicDocument): string {
  return disabled === true || domain === undefined || domain === "" ? "*" : domain
}

function references(
  list: readonly string[] | null | undefined,
  place: Place,
): readonly CertificateReference[] {
  return (list ?? []).map((text, i) => ({ text, place: below(place, i) }))
}

function versionsOf({ version_data: data }: ClassicDocument): ApiDefinition["versions"] {
  if (data === undefined) return "unsaid"
  if (data.not_versioned === true) return "not_versioned"
  return Object.keys(data.versions ?? {})
}
