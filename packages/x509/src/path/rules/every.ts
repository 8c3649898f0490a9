import type { Certificate } from "../../certificate/certificate.ts"
import { extensionIds } from "../../certificate/extensions.ts"
import type { PublicKey } from "../../certificate/public-key.ts"
import type { CertificateFailure } from "../failure.ts"
import type { Profile } from "../options.ts"
import { issuanceRules } from "./issuance.ts"

/** What every certificate on a path must satisfy, the anchor included. */
export function everyRule(
  certificate: Certificate,
  profile: Profile,
): CertificateFailure | undefined {
  return (
    versionRule(certificate) ??
    keyRule(certificate) ??
    criticalExtensionRule(certificate) ??
    policyExtensionRule(certificate) ??
    (profile === "strict" ? issuanceRules(certificate) : undefined)
  )
}

/** Earlier versions cannot say whether they are an authority. */
function versionRule(certificate: Certificate): CertificateFailure | undefined {
  const { version } = certificate
  return version === 3 ? undefined : { _tag: "VersionRefused", certificate, version }
}

function keyRule(certificate: Certificate): CertificateFailure | undefined {
  const reason = weakness(certificate.key)
  return reason === undefined ? undefined : { _tag: "KeyRefused", certificate, reason }
}

const leastRsaBits = 2048
/** Verification time grows with the square of the length. */
const mostRsaBits = 8192

function weakness(key: PublicKey): string | undefined {
  if (key._tag === "Unusable") return `${key.reason} (${key.oid})`
  if (key._tag !== "Rsa") return undefined
  if (key.bits < leastRsaBits || key.bits > mostRsaBits || key.bits % 8 !== 0) {
    return `RSA key of ${key.bits} bits: accepted are ${leastRsaBits} to ${mostRsaBits} in whole octets`
  }
  return undefined
}

/** Extensions that validation acts on, or whose contents cannot change its result. */
const understood: ReadonlySet<string> = new Set(
  Object.values(extensionIds).filter((id) => id !== extensionIds.informationAccess),
)

/** RFC 5280 §4.2: a critical extension that is not processed refuses the certificate. */
function criticalExtensionRule(certificate: Certificate): CertificateFailure | undefined {
  for (const { oid, critical } of certificate.extensions.all) {
    if (critical && !understood.has(oid)) {
      return { _tag: "CriticalExtensionUnknown", certificate, extension: oid }
    }
  }
  return undefined
}

const mustBeCritical: ReadonlySet<string> = new Set([
  extensionIds.policyConstraints,
  extensionIds.inhibitAnyPolicy,
])

/** RFC 5280 §4.2.1.11 and §4.2.1.14: a restriction that others may ignore is not one. */
function policyExtensionRule(certificate: Certificate): CertificateFailure | undefined {
  for (const { oid, critical } of certificate.extensions.all) {
    if (!critical && mustBeCritical.has(oid)) {
      return { _tag: "ExtensionRefused", certificate, extension: oid, reason: "must be critical" }
    }
  }
  return undefined
}
