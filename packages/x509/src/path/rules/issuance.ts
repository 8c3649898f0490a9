import type { Certificate } from "../../certificate/certificate.ts"
import { extensionIds } from "../../certificate/extensions.ts"
import type { CertificateFailure } from "../failure.ts"

type Rule = readonly [name: string, isBroken: (certificate: Certificate) => boolean]

/** What RFC 5280 §4 demands of issuers beyond what validation needs (profile `strict`). */
const rules: readonly Rule[] = [
  ["serial number is positive", ({ serial }) => isNegative(serial) || /^0*$/.test(serial)],
  ["serial number has at most 20 octets", ({ serial }) => serial.replace(/^00/, "").length > 40],
  ["authority key identifier is not critical", isCritical(extensionIds.authorityKeyIdentifier)],
  ["authority key identifier is present", lacksAuthorityKeyIdentifier],
  ["subject key identifier is not critical", isCritical(extensionIds.subjectKeyIdentifier)],
  ["subject key identifier of an authority is present", lacksSubjectKeyIdentifier],
  ["basic constraints of an authority are critical", hasLooseBasicConstraints],
  ["name constraints are critical", isPresentNotCritical(extensionIds.nameConstraints)],
  ["alternative names are critical if the subject is empty", hasNoName],
]

export function issuanceRules(certificate: Certificate): CertificateFailure | undefined {
  const broken = rules.find(([, isBroken]) => isBroken(certificate))
  return broken && { _tag: "IssuanceRuleBroken", certificate, rule: broken[0] }
}

function isNegative(serial: string): boolean {
  return Number.parseInt(serial.slice(0, 1), 16) >= 8
}

function isCritical(id: string): (certificate: Certificate) => boolean {
  return ({ extensions }) => extensions.all.some(({ oid, critical }) => oid === id && critical)
}

function isPresentNotCritical(id: string): (certificate: Certificate) => boolean {
  return ({ extensions }) => extensions.all.some(({ oid, critical }) => oid === id && !critical)
}

/** A self-signed certificate need not say who signed it (RFC 5280 §4.2.1.1). */
function lacksAuthorityKeyIdentifier({ extensions, issuer, subject }: Certificate): boolean {
  if (issuer.key === subject.key) return false
  return extensions.authorityKeyIdentifier?.keyIdentifier === undefined
}

function isAuthority({ extensions }: Certificate): boolean {
  return extensions.basicConstraints?.ca === true
}

function lacksSubjectKeyIdentifier(certificate: Certificate): boolean {
  return isAuthority(certificate) && certificate.extensions.subjectKeyIdentifier === undefined
}

function hasLooseBasicConstraints(certificate: Certificate): boolean {
  return (
    isAuthority(certificate) && isPresentNotCritical(extensionIds.basicConstraints)(certificate)
  )
}

function hasNoName(certificate: Certificate): boolean {
  if (certificate.subject.rdns.length > 0) return false
  return !isCritical(extensionIds.subjectAltName)(certificate)
}
