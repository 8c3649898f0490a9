import { describe, expect, it } from "vitest"
import type { Certificate } from "../../../src/certificate/certificate.ts"
import { extensionIds } from "../../../src/certificate/extensions.ts"
import { issuanceRules } from "../../../src/path/rules/issuance.ts"
import { bareExtension, made, nameOf } from "../../fixtures/made.ts"

const named = { serial: "01", issuer: nameOf("issuer"), subject: nameOf("subject") }
const identifier = { keyIdentifier: "aa", issuer: undefined, serial: undefined } as const
const identified = { authorityKeyIdentifier: identifier }
const ca = { ca: true, pathLength: undefined } as const

const withSerial = (serial: string) => made({ ...named, serial }, identified)
const withExtension = (oid: string, critical: boolean) =>
  made(named, { ...identified, all: [bareExtension(oid, critical)] })
const authority = (critical: boolean, subjectKeyIdentifier: string | undefined) =>
  made(named, {
    ...identified,
    basicConstraints: ca,
    subjectKeyIdentifier,
    all: [bareExtension(extensionIds.basicConstraints, critical)],
  })
const nameless = (critical: boolean) =>
  made(
    { ...named, subject: nameOf() },
    { ...identified, all: [bareExtension(extensionIds.subjectAltName, critical)] },
  )

const broken: readonly (readonly [string, Certificate])[] = [
  ["serial number is positive", withSerial("80")],
  ["serial number is positive", withSerial("ff01")],
  ["serial number is positive", withSerial("00")],
  ["serial number is positive", withSerial("0000")],
  ["serial number has at most 20 octets", withSerial("7f".repeat(21))],
  ["serial number has at most 20 octets", withSerial(`00${"ff".repeat(21)}`)],
  ["serial number has at most 20 octets", withSerial(`7f00${"7f".repeat(19)}`)],
  [
    "authority key identifier is not critical",
    withExtension(extensionIds.authorityKeyIdentifier, true),
  ],
  ["authority key identifier is present", made(named)],
  [
    "authority key identifier is present",
    made(named, { authorityKeyIdentifier: { ...identifier, keyIdentifier: undefined } }),
  ],
  [
    "subject key identifier is not critical",
    withExtension(extensionIds.subjectKeyIdentifier, true),
  ],
  ["subject key identifier of an authority is present", authority(true, undefined)],
  ["basic constraints of an authority are critical", authority(false, "aa")],
  ["name constraints are critical", withExtension(extensionIds.nameConstraints, false)],
  ["alternative names are critical if the subject is empty", nameless(false)],
  [
    "alternative names are critical if the subject is empty",
    made({ ...named, subject: nameOf() }, identified),
  ],
]

const kept: readonly (readonly [string, Certificate])[] = [
  ["a least serial number", withSerial("01")],
  ["a serial number with zeros around", withSerial("00f000")],
  ["a greatest positive octet", withSerial("7f")],
  ["twenty octets", withSerial("7f".repeat(20))],
  ["twenty octets and a sign", withSerial(`00${"ff".repeat(20)}`)],
  [
    "a key identifier that may be ignored",
    withExtension(extensionIds.authorityKeyIdentifier, false),
  ],
  [
    "its own identifier that may be ignored",
    withExtension(extensionIds.subjectKeyIdentifier, false),
  ],
  ["no word on who signed itself", made({ ...named, issuer: named.subject })],
  ["an authority as it should be", authority(true, "aa")],
  [
    "basic constraints of a leaf that may be ignored",
    withExtension(extensionIds.basicConstraints, false),
  ],
  ["critical name constraints", withExtension(extensionIds.nameConstraints, true)],
  ["alternative names beside a subject", withExtension(extensionIds.subjectAltName, false)],
  ["critical alternative names in place of a subject", nameless(true)],
]

describe("the rules of issuance", () => {
  it.each(broken)("refuse what breaks: %s", (rule, certificate) => {
    expect(issuanceRules(certificate)).toStrictEqual({
      _tag: "IssuanceRuleBroken",
      certificate,
      rule,
    })
  })

  it.each(kept)("are kept by %s", (_name, certificate) => {
    expect(issuanceRules(certificate)).toBeUndefined()
  })
})
