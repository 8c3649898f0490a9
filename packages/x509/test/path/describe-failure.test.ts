import { expect, it } from "vitest"
import { describeFailure } from "../../src/path/describe-failure.ts"
import type { Failure } from "../../src/path/failure.ts"
import { made, nameOf } from "../fixtures/made.ts"

const certificate = made({ subject: nameOf("leaf"), issuer: nameOf("above") })
const issuer = made({ subject: nameOf("above"), serial: "0a" })
const malformed = { _tag: "Malformed", problem: "a wrong tag", at: 7 } as const
const dns = (text: string) => ({ _tag: "Dns", text }) as const

const rows: readonly (readonly [Failure, string])[] = [
  [{ _tag: "LeafUnreadable", malformed }, "certificate cannot be read: a wrong tag, at byte 7"],
  [
    { _tag: "ExtraUnreadable", index: 0, malformed },
    "no path, and certificate 1 after the leaf cannot be read: a wrong tag, at byte 7",
  ],
  [{ _tag: "BudgetExhausted", budget: "steps" }, "no path within the budget of steps"],
  [
    { _tag: "IssuerUnknown", certificate },
    "CN=leaf: issuer CN=above is neither an anchor nor presented",
  ],
  [
    { _tag: "IssuerUnknown", certificate: made({ subject: nameOf("a"), issuer: nameOf("a") }) },
    "CN=a: signed itself",
  ],
  [
    { _tag: "AuthorityAsLeaf", certificate: made({ subject: nameOf(), serial: "0b" }) },
    "certificate with serial 0b: is an authority, which cannot act as a client",
  ],
  [{ _tag: "KeyIdentifierDiffers", certificate, issuer }, "CN=leaf: is of another key of CN=above"],
  [
    { _tag: "SignatureInvalid", certificate, issuer },
    "CN=leaf: is not signed by the key of CN=above with serial 0a",
  ],
  [{ _tag: "VersionRefused", certificate, version: 1 }, "CN=leaf: version 1 cannot be on a path"],
  [
    { _tag: "CriticalExtensionUnknown", certificate, extension: "1.2.3" },
    "CN=leaf: critical extension 1.2.3 is not understood",
  ],
  [
    { _tag: "NameRefused", certificate, name: "dns:.a", reason: "not a host name" },
    "CN=leaf: not a host name (dns:.a)",
  ],
  [
    { _tag: "NameRefused", certificate, name: "", reason: "issuer is empty" },
    "CN=leaf: issuer is empty",
  ],
  [
    { _tag: "IssuanceRuleBroken", certificate, rule: "serial number is positive" },
    "CN=leaf: breaks an issuance rule: serial number is positive",
  ],
  [{ _tag: "PathTooLong", certificate, limit: 2 }, "CN=leaf: allows at most 2 intermediates"],
  [{ _tag: "OutOfTime", certificate, when: "expired" }, "CN=leaf: expired"],
  [{ _tag: "NotAnAuthority", certificate, reason: "cA is not TRUE" }, "CN=leaf: cA is not TRUE"],
  [{ _tag: "KeyRefused", certificate, reason: "too short" }, "CN=leaf: too short"],
  [
    {
      _tag: "PurposeRefused",
      certificate,
      extension: "2.5.29.37",
      reason: "clientAuth is missing",
    },
    "CN=leaf: extendedKeyUsage: clientAuth is missing",
  ],
  [
    { _tag: "ExtensionRefused", certificate, extension: "1.2.3", reason: "must be critical" },
    "CN=leaf: 1.2.3: must be critical",
  ],
  [
    {
      _tag: "NameConstraintViolated",
      certificate,
      issuer,
      rule: "excluded",
      name: dns("a.test"),
      constraint: dns("test"),
    },
    "CN=leaf: dns:a.test is excluded under the name constraint dns:test of CN=above",
  ],
]

it.each(rows)("a failure is one sentence: %#", (failure, text) => {
  expect(describeFailure(failure)).toBe(text)
})
