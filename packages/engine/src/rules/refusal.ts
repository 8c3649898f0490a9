import type { Detail, Reason } from "../reasons.ts"

/** One way to be refused: the constants below are all there are, so a denial allocates no reason. */
export class Refusal {
  readonly reason: Reason
  readonly detail: Detail | undefined

  constructor(reason: Reason, detail?: Detail) {
    this.reason = reason
    this.detail = detail
  }
}

export const tlsRequired: Refusal = new Refusal("mtls.tls_required")
export const misdirected: Refusal = new Refusal("mtls.misdirected")
export const certificateRequired: Refusal = new Refusal("mtls.cert_required")
export const notAllowed: Refusal = new Refusal("mtls.cert_not_allowed")
export const revoked: Refusal = new Refusal("mtls.cert_revoked")
export const revocationUnknown: Refusal = new Refusal("mtls.revocation_unknown")
export const notYetValid: Refusal = new Refusal("auth.cert_not_yet_valid")
export const expired: Refusal = new Refusal("auth.cert_expired")
export const pathNotYetValid: Refusal = new Refusal("auth.cert_not_yet_valid", "path")
export const pathExpired: Refusal = new Refusal("auth.cert_expired", "path")

export const tokenMissing: Refusal = new Refusal("auth.auth_field_missing")
export const tokenInvalid: Refusal = new Refusal("auth.token_invalid")
export const noSession: Refusal = new Refusal("auth.key_not_found", "no_session")
export const otherOrganisation: Refusal = new Refusal("auth.key_not_found", "other_organisation")
export const computableToken: Refusal = new Refusal("auth.key_not_found", "computable_token")
export const dynamicRequired: Refusal = new Refusal("auth.cert_required")
export const certificateUnknown: Refusal = new Refusal("auth.cert_mismatch", "certificate_unknown")
export const tokenDisagrees: Refusal = new Refusal("auth.cert_mismatch", "token_disagrees")
export const notEnrolled: Refusal = new Refusal("auth.cert_not_found", "not_enrolled")
export const namedNotEnrolled: Refusal = new Refusal("auth.cert_not_found", "named_not_enrolled")

export const boundNoCertificate: Refusal = new Refusal("auth.cert_mismatch", "bound_no_certificate")
export const boundOther: Refusal = new Refusal("auth.cert_mismatch", "bound_other_certificate")
export const confirmationMalformed: Refusal = new Refusal(
  "auth.cert_mismatch",
  "confirmation_malformed",
)
export const confirmationNoCertificate: Refusal = new Refusal(
  "auth.cert_mismatch",
  "confirmation_no_certificate",
)
export const confirmationOther: Refusal = new Refusal("auth.cert_mismatch", "confirmation_other")

export const keyInactive: Refusal = new Refusal("auth.key_inactive")
export const keyExpired: Refusal = new Refusal("auth.key_expired")
export const accessDenied: Refusal = new Refusal("auth.access_denied")
export const fault: Refusal = new Refusal("guard.fault")
