import { below, type Place, problem, type Report } from "../problem.ts"
import type { AuthConfig, ClassicDocument } from "./classic-schema.ts"
import {
  checkBaseIdentity,
  checkProtocol,
  refuseAddressesAlone,
  refuseMechanism,
  reportAddresses,
  reportOpen,
} from "./findings.ts"

/** Refuses what a classic definition demands and we cannot honour. */
export function checkMechanisms(document: ClassicDocument, place: Place, report: Report): void {
  for (const [member, name] of unsupported) {
    if (document[member] === true) refuseMechanism(name, below(place, member), report)
  }
  if (document.external_oauth?.enabled === true) {
    refuseMechanism("external OAuth", below(place, "external_oauth", "enabled"), report)
  }
  const authToken = below(place, "auth_configs", "authToken")
  checkSignature(document.auth_configs?.authToken, authToken, report)
  checkSignature(document.auth, below(place, "auth"), report)
  checkProtocol(document.protocol ?? "", below(place, "protocol"), report)
  checkKeyless(document, place, report)
  if (document.use_keyless !== true) {
    const base = document.base_identity_provided_by ?? ""
    checkBaseIdentity(base, below(place, "base_identity_provided_by"), report)
  }
  for (const member of ["enable_ip_whitelisting", "enable_ip_blacklisting"] as const) {
    if (document[member] === true) reportAddresses(below(place, member), report)
  }
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

function checkSignature(auth: AuthConfig | undefined, place: Place, report: Report): void {
  if (auth?.validate_signature !== true) return
  refuseMechanism("request signatures", below(place, "validate_signature"), report)
}

function checkKeyless(document: ClassicDocument, place: Place, report: Report): void {
  if (document.use_keyless !== true) return
  const auth = document.auth_configs?.authToken ?? document.auth
  const other = document.use_standard_auth === true ? "use_standard_auth" : undefined
  const asked = auth?.use_certificate === true ? "use_certificate" : other
  const at = below(place, "use_keyless")
  if (asked !== undefined) {
    const message = `\`use_keyless\` opens the API, \`${asked}\` asks for identification`
    report(problem("api.contradiction", at, message, "keep one of the two"))
  } else if (document.use_mutual_tls_auth !== true) {
    if (document.enable_ip_whitelisting === true) {
      refuseAddressesAlone(below(place, "enable_ip_whitelisting"), report)
    } else reportOpen(at, report)
  }
}
