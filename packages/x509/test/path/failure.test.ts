import { expect, it } from "vitest"
import type { Failure } from "../../src/path/failure.ts"
import { moreSpecific } from "../../src/path/failure.ts"

const ascending: readonly Failure["_tag"][] = [
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

const failures = ascending.map((_tag) => ({ _tag }) as Failure)

it("of two failures the one that says more is told, whichever came first", () => {
  for (const [i, less] of failures.entries()) {
    for (const more of failures.slice(i + 1)) {
      expect(moreSpecific(less, more)).toBe(more)
      expect(moreSpecific(more, less)).toBe(more)
    }
  }
})

it("of two alike the first is told, and the only one where there is no other", () => {
  for (const first of failures) {
    expect(moreSpecific(first, { ...first })).toBe(first)
    expect(moreSpecific(undefined, first)).toBe(first)
  }
})
