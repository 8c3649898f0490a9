/** The reasons that a decision can give, by their published codes. */
export const modelReasons = [
  "auth.auth_field_missing",
  "auth.key_not_found",
  "auth.cert_not_found",
  "auth.access_denied",
  "auth.cert_required",
  "auth.cert_mismatch",
  "auth.cert_expired",
  "auth.cert_not_yet_valid",
  "auth.token_invalid",
  "auth.key_inactive",
  "auth.key_expired",
  "mtls.tls_required",
  "mtls.cert_required",
  "mtls.cert_not_allowed",
  "mtls.cert_revoked",
  "mtls.revocation_unknown",
  "mtls.misdirected",
  "guard.fault",
] as const

export type ModelReason = (typeof modelReasons)[number]
