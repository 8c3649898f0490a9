import type { Reason } from "@countersign/engine"

const disallowed = "Access to this API has been disallowed"

/** What a client is told for each reason: the catalogue, written down a second time. */
export const messages: Readonly<Record<Reason, string>> = {
  "auth.auth_field_missing": "Authorization field missing",
  "auth.key_not_found": disallowed,
  "auth.cert_not_found": disallowed,
  "auth.access_denied": disallowed,
  "auth.cert_required": "Client certificate required for this API.",
  "auth.cert_mismatch": disallowed,
  "auth.cert_expired": "Certificate has expired",
  "auth.cert_not_yet_valid": "Certificate is not yet valid",
  "auth.token_invalid": "Key not authorized",
  "auth.key_inactive": "Key is inactive, please renew",
  "auth.key_expired": "Key has expired, please renew",
  "mtls.tls_required": "TLS not enabled",
  "mtls.cert_required": "Client TLS certificate is required",
  "mtls.cert_not_allowed": "Certificate with SHA256 <hex> not allowed",
  "mtls.cert_revoked": "Certificate has been revoked",
  "mtls.revocation_unknown": "Certificate status is unknown",
  "mtls.misdirected": "Misdirected Request",
  "guard.no_policy": "Not Found",
  "guard.bad_request": "Bad Request",
  "guard.unavailable": "Service Unavailable",
  "guard.fault": "Internal Server Error",
}
