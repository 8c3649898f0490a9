import type { ModelReason } from "./reasons.ts"

interface Answer {
  readonly status: number
  readonly message: string
}

/** The published catalogue, `default`; `<hex>` is the leaf's fingerprint. */
export const defaultAnswers: Readonly<Record<ModelReason, Answer>> = {
  "auth.auth_field_missing": { status: 401, message: "Authorization field missing" },
  "auth.key_not_found": { status: 403, message: "Access to this API has been disallowed" },
  "auth.cert_not_found": { status: 403, message: "Access to this API has been disallowed" },
  "auth.access_denied": { status: 403, message: "Access to this API has been disallowed" },
  "auth.cert_required": { status: 403, message: "Client certificate required for this API." },
  "auth.cert_mismatch": { status: 403, message: "Access to this API has been disallowed" },
  "auth.cert_expired": { status: 403, message: "Certificate has expired" },
  "auth.cert_not_yet_valid": { status: 403, message: "Certificate is not yet valid" },
  "auth.token_invalid": { status: 401, message: "Key not authorized" },
  "auth.key_inactive": { status: 403, message: "Key is inactive, please renew" },
  "auth.key_expired": { status: 401, message: "Key has expired, please renew" },
  "mtls.tls_required": { status: 403, message: "TLS not enabled" },
  "mtls.cert_required": { status: 403, message: "Client TLS certificate is required" },
  "mtls.cert_not_allowed": {
    status: 403,
    message: "Certificate with SHA256 <hex> not allowed",
  },
  "mtls.cert_revoked": { status: 403, message: "Certificate has been revoked" },
  "mtls.revocation_unknown": { status: 403, message: "Certificate status is unknown" },
  "mtls.misdirected": { status: 421, message: "Misdirected Request" },
  "guard.fault": { status: 500, message: "Internal Server Error" },
}

/** Preset `tyk-5.12`: two rows differ. */
export const tykAnswers: Readonly<Record<ModelReason, Answer>> = {
  ...defaultAnswers,
  "auth.cert_required": { status: 401, message: "Client certificate required" },
  "auth.cert_mismatch": { status: 401, message: "Access to this API has been disallowed" },
}
