import { below, type Place, problem, type Report } from "../problem.ts"
import type { AuthConfig, ClassicDocument } from "./classic-schema.ts"

/**
 * Refuses what a classic definition demands and we cannot honour: leaving out one way to authenticate
 * would leave the API open to whoever cannot pass it.
 */
export function checkMechanisms(document: ClassicDocument, place: Place, report: Report): void {
  for (const [member, name] of unsupported) {
    if (document[member] === true) refuse(below(place, member), name, report)
  }
  if (document.external_oauth?.enabled === true) {
    refuse(below(place, "external_oauth", "enabled"), "external OAuth", report)
  }
  checkSignature(
    document.auth_configs?.authToken,
    below(place, "auth_configs", "authToken"),
    report,
  )
  checkSignature(document.auth, below(place, "auth"), report)
  checkProtocol(document, place, report)
  checkBaseIdentity(document, place, report)
  checkKeyless(document, place, report)
  checkAddresses(document, place, report)
}

const unsupported = [
  ["use_basic_auth", "basic authentication"],
  ["enable_jwt", "JSON Web Tokens"],
  ["use_oauth2", "OAuth 2"],
  ["use_openid", "OpenID Connect"],
  ["enable_signature_checking", "HTTP message signatures"],
  ["custom_plugin_auth_enabled", "authentication by plugin"],
  ["enable_coprocess_auth", "authentication by plugin"],
  ["use_go_plugin_auth", "authentication by plugin"],
] as const

function refuse(place: Place, name: string, report: Report): void {
  const message = `this API asks for ${name}, which is not supported: without it the API would be open`
  const remedy =
    "keep this API behind a gateway that checks it, or authenticate by token or certificate"
  report(problem("api.mechanism", place, message, remedy))
}

function checkSignature(auth: AuthConfig | undefined, place: Place, report: Report): void {
  if (auth?.validate_signature === true) {
    refuse(below(place, "validate_signature"), "request signatures", report)
  }
}

function checkProtocol({ protocol }: ClassicDocument, place: Place, report: Report): void {
  if (protocol === undefined || httpProtocols.has(protocol)) return
  const message = "only HTTP requests can be decided"
  const remedy = "use one of: http, https, h2c"
  report(problem("api.protocol", below(place, "protocol"), message, remedy))
}

const httpProtocols: ReadonlySet<string> = new Set(["", "http", "https", "h2c"])

function checkBaseIdentity(document: ClassicDocument, place: Place, report: Report): void {
  const base = document.base_identity_provided_by ?? ""
  if (base === "" || base === "auth_token" || document.use_keyless === true) return
  const message = "the session is to come from a mechanism that is not supported"
  const remedy = "set it to `auth_token`, or leave it out"
  report(problem("api.base_identity", below(place, "base_identity_provided_by"), message, remedy))
}

function checkKeyless(document: ClassicDocument, place: Place, report: Report): void {
  if (document.use_keyless !== true) return
  const auth = document.auth_configs?.authToken ?? document.auth
  const other = document.use_standard_auth === true ? "use_standard_auth" : undefined
  const asked = auth?.use_certificate === true ? "use_certificate" : other
  if (asked !== undefined) {
    const message = `\`use_keyless\` opens the API, \`${asked}\` asks for identification`
    report(
      problem("api.contradiction", below(place, "use_keyless"), message, "keep one of the two"),
    )
  } else if (document.use_mutual_tls_auth !== true) {
    const message = "this API is open: it asks for neither a certificate nor a token"
    const remedy = "none, if that is meant"
    report(problem("api.open", below(place, "use_keyless"), message, remedy))
  }
}

function checkAddresses(document: ClassicDocument, place: Place, report: Report): void {
  for (const member of ["enable_ip_whitelisting", "enable_ip_blacklisting"] as const) {
    if (document[member] !== true) continue
    const message = "addresses of clients are not checked here"
    const remedy = "check them in front of the API"
    report(problem("api.not_enforced", below(place, member), message, remedy))
  }
}
