import type { Identity } from "@countersign/engine"
import { type TokenSource, tokenSource } from "@countersign/http"
import { checkKeys, type KnownKeys } from "../document/known-keys.ts"
import { below, type Place, problem, type Report } from "../problem.ts"
import type { ApiDefinition, CertificateReference } from "./api-definition.ts"
import {
  type AuthConfig,
  type ClassicDocument,
  classicKeys,
  decodeClassic,
} from "./classic-schema.ts"
import { reportNotServed, reportUnsaid } from "./findings.ts"
import { checkMechanisms } from "./mechanisms.ts"

export interface ClassicOptions {
  /** The organisation of definitions that name none. */
  readonly orgId?: string | undefined
  /** The members that decide something; default `classicKeys`. */
  readonly keys?: KnownKeys
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
  checkKeys(value, options.keys ?? classicKeys, "document.misspelt_key", place, report)
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
    at: {
      apiId: below(place, "api_id"),
      host: below(place, "domain"),
      listenPath: below(place, "proxy", "listen_path"),
      staticMtls: below(place, "use_mutual_tls_auth"),
      allowList: below(place, "client_certificates"),
      token: below(
        place,
        ...(document.auth_configs?.authToken ? ["auth_configs", "authToken"] : ["auth"]),
      ),
    },
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
    protocol: document.protocol ?? "",
  }
}

function checkStaticMtls(document: ClassicDocument, place: Place, report: Report): void {
  if (document.use_mutual_tls_auth !== undefined) return
  if (document.client_certificates === undefined) return
  reportUnsaid("client_certificates", below(place, "use_mutual_tls_auth"), report)
}

function staticMtlsOf({ use_mutual_tls_auth: use }: ClassicDocument): ApiDefinition["staticMtls"] {
  if (use === undefined) return "unsaid"
  return use ? "on" : "off"
}

function isServed(document: ClassicDocument, place: Place, report: Report): boolean {
  const { api_id: apiId, active, internal } = document
  if (active !== false && internal !== true) return true
  const [member, state] = active === false ? ["active", "not active"] : ["internal", "internal"]
  reportNotServed(apiId, state, below(place, member), report)
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
