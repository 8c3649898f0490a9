/** What a client is told for each reason: DESIGN §4 and the reference, written down a second time. */
export const answers = {
  "auth.auth_field_missing": [401, "Authorization field missing"],
  "auth.key_not_found": [403, "Access to this API has been disallowed"],
  "auth.cert_not_found": [403, "Access to this API has been disallowed"],
  "auth.access_denied": [403, "Access to this API has been disallowed"],
  "auth.cert_required": [403, "Client certificate required for this API."],
  "auth.cert_mismatch": [403, "Access to this API has been disallowed"],
  "auth.cert_expired": [403, "Certificate has expired"],
  "auth.cert_not_yet_valid": [403, "Certificate is not yet valid"],
  "auth.key_inactive": [403, "Key is inactive, please renew"],
  "auth.key_expired": [401, "Key has expired, please renew"],
  "mtls.tls_required": [403, "TLS not enabled"],
  "mtls.cert_required": [403, "Client TLS certificate is required"],
  "mtls.cert_not_allowed": [403, "Certificate with SHA256 <hex> not allowed"],
  "mtls.misdirected": [421, "Misdirected Request"],
  "guard.no_policy": [404, "Not Found"],
  "guard.bad_request": [400, "Bad Request"],
  "guard.unavailable": [503, "Service Unavailable"],
} as const satisfies Readonly<Record<string, readonly [number, string]>>

export type Denial = keyof typeof answers
