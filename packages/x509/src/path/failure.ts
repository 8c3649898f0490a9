import type { Certificate } from "../certificate/certificate.ts"
import type { GeneralName } from "../certificate/general-name.ts"
import type { Malformed } from "../malformed.ts"

/** Why no path was found, or why none is valid now: one of a closed set, each with what it is about. */
export type Failure =
  | { readonly _tag: "LeafUnreadable"; readonly malformed: Malformed }
  | {
      readonly _tag: "BudgetExhausted"
      readonly budget: "extras" | "signatures" | "steps" | "comparisons"
    }
  | { readonly _tag: "ExtraUnreadable"; readonly index: number; readonly malformed: Malformed }
  | CertificateFailure

/** A failure of `certificate`, the one that breaks the rule. */
export type CertificateFailure = { readonly certificate: Certificate } & (
  | { readonly _tag: "IssuerUnknown" }
  | { readonly _tag: "KeyIdentifierDiffers"; readonly issuer: Certificate }
  | { readonly _tag: "AlgorithmRefused"; readonly reason: string }
  | { readonly _tag: "SignatureInvalid"; readonly issuer: Certificate }
  | { readonly _tag: "VersionRefused"; readonly version: number }
  | { readonly _tag: "KeyRefused"; readonly reason: string }
  | { readonly _tag: "CriticalExtensionUnknown"; readonly extension: string }
  | { readonly _tag: "ExtensionRefused"; readonly extension: string; readonly reason: string }
  | { readonly _tag: "NameRefused"; readonly name: string; readonly reason: string }
  | { readonly _tag: "IssuanceRuleBroken"; readonly rule: string }
  | { readonly _tag: "AuthorityAsLeaf" }
  | { readonly _tag: "NotAnAuthority"; readonly reason: string }
  | { readonly _tag: "PurposeRefused"; readonly extension: string; readonly reason: string }
  | { readonly _tag: "PathTooLong"; readonly limit: number }
  | {
      readonly _tag: "NameConstraintViolated"
      readonly issuer: Certificate
      readonly rule: NameRule
      readonly name: GeneralName
      /** The subtree that excludes the name, or one of those that do not permit it. */
      readonly constraint: GeneralName
    }
  | { readonly _tag: "PolicyRefused"; readonly reason: string }
  | { readonly _tag: "OutOfTime"; readonly when: "expired" | "not yet valid" }
)

/** `unsupported`: the name's type is constrained in a form that cannot be compared. */
export type NameRule = "excluded" | "not permitted" | "unsupported" | "malformed"

/**
 * From least to most specific: the further a path got before it failed, the more its failure explains.
 * An exhausted budget comes last, because everything else may be incomplete.
 */
const ranks: readonly Failure["_tag"][] = [
  "IssuerUnknown",
  "ExtraUnreadable",
  "KeyIdentifierDiffers",
  "NotAnAuthority",
  "SignatureInvalid",
  "AlgorithmRefused",
  "VersionRefused",
  "KeyRefused",
  "CriticalExtensionUnknown",
  "ExtensionRefused",
  "NameRefused",
  "IssuanceRuleBroken",
  "PurposeRefused",
  "PathTooLong",
  "NameConstraintViolated",
  "PolicyRefused",
  "OutOfTime",
  "AuthorityAsLeaf",
  "LeafUnreadable",
  "BudgetExhausted",
]

const rankOf: ReadonlyMap<Failure["_tag"], number> = new Map(ranks.map((tag, rank) => [tag, rank]))

/** The more specific of two failures; the first found, if they are alike. */
export function moreSpecific(first: Failure | undefined, second: Failure): Failure {
  if (first === undefined) return second
  return (rankOf.get(second._tag) ?? 0) > (rankOf.get(first._tag) ?? 0) ? second : first
}
