import type { Certificate } from "../../certificate/certificate.ts"
import { purposes } from "../../certificate/extension/key-usage.ts"
import { extensionIds } from "../../certificate/extensions.ts"
import type { CertificateFailure } from "../failure.ts"
import { formatGeneralName } from "../format-general-name.ts"
import { nameDefect } from "../names/defect.ts"
import type { Settings } from "../options.ts"
import { everyRule } from "./every.ts"

/** What the certificate must satisfy whose key the client proved. */
export function leafRule(leaf: Certificate, settings: Settings): CertificateFailure | undefined {
  return (
    everyRule(leaf, settings.profile) ??
    authorityRule(leaf, settings.dangerouslyAcceptAuthorityAsLeaf) ??
    usageRule(leaf) ??
    purposeRule(leaf, settings.requireExtendedKeyUsage) ??
    namesRule(leaf)
  )
}

/** An authority's key signs certificates; logging in with it is at best an accident. */
function authorityRule(leaf: Certificate, isAccepted: boolean): CertificateFailure | undefined {
  const { basicConstraints, keyUsage, nameConstraints } = leaf.extensions
  if (basicConstraints?.ca === true) {
    return isAccepted ? undefined : { _tag: "AuthorityAsLeaf", certificate: leaf }
  }
  if (keyUsage?.has("keyCertSign") === true) {
    return usageFailure(leaf, "keyCertSign without being an authority")
  }
  if (nameConstraints !== undefined) {
    const reason = "only an authority can constrain names"
    return {
      _tag: "ExtensionRefused",
      certificate: leaf,
      extension: extensionIds.nameConstraints,
      reason,
    }
  }
  return undefined
}

/** TLS 1.3, and TLS 1.2 with every cipher in use, prove possession with a signature. */
function usageRule(leaf: Certificate): CertificateFailure | undefined {
  const usage = leaf.extensions.keyUsage
  if (usage === undefined || usage.has("digitalSignature")) return undefined
  return usageFailure(leaf, "digitalSignature is missing")
}

function usageFailure(certificate: Certificate, reason: string): CertificateFailure {
  return { _tag: "PurposeRefused", certificate, extension: extensionIds.keyUsage, reason }
}

/** A leaf must be meant for clients by name: anyExtendedKeyUsage says nothing about it. */
function purposeRule(leaf: Certificate, isRequired: boolean): CertificateFailure | undefined {
  const purpose = leaf.extensions.extendedKeyUsage
  if (purpose === undefined ? !isRequired : purpose.has(purposes.clientAuth)) return undefined
  const reason = "clientAuth is missing"
  return {
    _tag: "PurposeRefused",
    certificate: leaf,
    extension: extensionIds.extendedKeyUsage,
    reason,
  }
}

function namesRule(leaf: Certificate): CertificateFailure | undefined {
  if (leaf.issuer.rdns.length === 0) return nameFailure(leaf, "", "issuer is empty")
  const names = leaf.extensions.subjectAltName
  if (names === undefined) return undefined
  if (names.length === 0) return nameFailure(leaf, "", "alternative names are empty")
  for (const name of names) {
    const defect = nameDefect(name)
    if (defect !== undefined) return nameFailure(leaf, formatGeneralName(name), defect)
  }
  return undefined
}

function nameFailure(certificate: Certificate, name: string, reason: string): CertificateFailure {
  return { _tag: "NameRefused", certificate, name, reason }
}
