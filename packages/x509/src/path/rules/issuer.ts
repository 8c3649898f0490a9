import type { Certificate } from "../../certificate/certificate.ts"
import { purposes } from "../../certificate/extension/key-usage.ts"
import { extensionIds } from "../../certificate/extensions.ts"
import type { CertificateFailure } from "../failure.ts"
import type { Profile } from "../options.ts"
import { everyRule } from "./every.ts"

/** What a certificate must satisfy to stand above any other, the anchor included (RFC 5280 §6.1.4 (k), (n)). */
export function issuerRule(issuer: Certificate, profile: Profile): CertificateFailure | undefined {
  return authorityRule(issuer) ?? everyRule(issuer, profile) ?? purposeRule(issuer)
}

/** RFC 5280 §6.1.4 (l), (m); `below`: intermediates that are not self-issued between it and the leaf. */
export function pathLengthRule(issuer: Certificate, below: number): CertificateFailure | undefined {
  const limit = issuer.extensions.basicConstraints?.pathLength
  if (limit === undefined || below <= limit) return undefined
  return { _tag: "PathTooLong", certificate: issuer, limit }
}

function authorityRule(issuer: Certificate): CertificateFailure | undefined {
  const { basicConstraints, keyUsage } = issuer.extensions
  if (basicConstraints?.ca !== true) return notAnAuthority(issuer, "cA is not TRUE")
  if (keyUsage !== undefined && !keyUsage.has("keyCertSign")) {
    return notAnAuthority(issuer, "keyCertSign is missing")
  }
  if (issuer.subject.rdns.length === 0) return notAnAuthority(issuer, "subject is empty")
  return undefined
}

function notAnAuthority(certificate: Certificate, reason: string): CertificateFailure {
  return { _tag: "NotAnAuthority", certificate, reason }
}

/** Purposes nest: an authority that lists purposes can only pass those on. */
function purposeRule(issuer: Certificate): CertificateFailure | undefined {
  const purpose = issuer.extensions.extendedKeyUsage
  if (purpose === undefined || purpose.has(purposes.clientAuth) || purpose.has(purposes.any)) {
    return undefined
  }
  const extension = extensionIds.extendedKeyUsage
  const reason = "authority may not issue for clientAuth"
  return { _tag: "PurposeRefused", certificate: issuer, extension, reason }
}
