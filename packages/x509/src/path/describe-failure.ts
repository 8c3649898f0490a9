import type { Certificate } from "../certificate/certificate.ts"
import { extensionIds } from "../certificate/extensions.ts"
import { formatName } from "../certificate/format-name.ts"
import type { CertificateFailure, Failure } from "./failure.ts"
import { formatGeneralName } from "./format-general-name.ts"

/** A failure as one sentence for operators: which certificate, which extension, which name. */
export function describeFailure(failure: Failure): string {
  switch (failure._tag) {
    case "LeafUnreadable":
      return `certificate cannot be read: ${failure.malformed.problem}, at byte ${failure.malformed.at}`
    case "ExtraUnreadable":
      return `no path, and certificate ${failure.index + 1} after the leaf cannot be read: ${failure.malformed.problem}, at byte ${failure.malformed.at}`
    case "BudgetExhausted":
      return `no path within the budget of ${failure.budget}`
    default:
      return `${named(failure.certificate)}: ${reasonOf(failure)}`
  }
}

function named({ subject, serial }: Certificate): string {
  return subject.rdns.length === 0 ? `certificate with serial ${serial}` : formatName(subject)
}

function reasonOf(failure: CertificateFailure): string {
  switch (failure._tag) {
    case "IssuerUnknown":
      return unknownIssuer(failure.certificate)
    case "KeyIdentifierDiffers":
      return `is of another key of ${formatName(failure.issuer.subject)}`
    case "SignatureInvalid":
      return `is not signed by the key of ${formatName(failure.issuer.subject)} with serial ${failure.issuer.serial}`
    case "VersionRefused":
      return `version ${failure.version} cannot be on a path`
    case "CriticalExtensionUnknown":
      return `critical extension ${failure.extension} is not understood`
    case "NameRefused":
      return `${failure.reason}${failure.name === "" ? "" : ` (${failure.name})`}`
    case "IssuanceRuleBroken":
      return `breaks an issuance rule: ${failure.rule}`
    case "AuthorityAsLeaf":
      return "is an authority, which cannot act as a client"
    case "PathTooLong":
      return `allows at most ${failure.limit} intermediates`
    case "OutOfTime":
      return failure.when
    default:
      return furtherReason(failure)
  }
}

function unknownIssuer({ issuer, subject }: Certificate): string {
  if (issuer.key === subject.key) return "signed itself"
  return `issuer ${formatName(issuer)} is neither an anchor nor presented`
}

type Further = Extract<
  CertificateFailure,
  {
    _tag:
      | "AlgorithmRefused"
      | "KeyRefused"
      | "NotAnAuthority"
      | "PolicyRefused"
      | "ExtensionRefused"
      | "PurposeRefused"
      | "NameConstraintViolated"
  }
>

function furtherReason(failure: Further): string {
  switch (failure._tag) {
    case "ExtensionRefused":
    case "PurposeRefused":
      return `${labels.get(failure.extension) ?? failure.extension}: ${failure.reason}`
    case "NameConstraintViolated": {
      const { name, rule, constraint, issuer } = failure
      return `${formatGeneralName(name)} is ${rule} under the name constraint ${formatGeneralName(constraint)} of ${formatName(issuer.subject)}`
    }
    default:
      return failure.reason
  }
}

const labels: ReadonlyMap<string, string> = new Map(
  Object.entries(extensionIds).map(([label, id]) => [id, label]),
)
