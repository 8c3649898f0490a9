import { describe, expect, it } from "vitest"
import { extensionIds } from "../../../src/certificate/extensions.ts"
import type { PublicKey } from "../../../src/certificate/public-key.ts"
import { everyRule } from "../../../src/path/rules/every.ts"
import { bareExtension, made } from "../../fixtures/made.ts"

describe("every certificate on a path", () => {
  it("is of version 3", () => {
    expect(everyRule(made(), "default")).toBeUndefined()
    for (const version of [1, 2] as const) {
      const certificate = made({ version })
      expect(everyRule(certificate, "default")).toStrictEqual({
        _tag: "VersionRefused",
        certificate,
        version,
      })
    }
  })

  const rsa = (bits: number) => ({ _tag: "Rsa", bits, use: "any" }) as const
  const accepted = "accepted are 2048 to 8192 in whole octets"
  const keys: readonly (readonly [PublicKey, string | undefined])[] = [
    [rsa(2040), `RSA key of 2040 bits: ${accepted}`],
    [rsa(2048), undefined],
    [rsa(2049), `RSA key of 2049 bits: ${accepted}`],
    [rsa(2052), `RSA key of 2052 bits: ${accepted}`],
    [rsa(8192), undefined],
    [rsa(8200), `RSA key of 8200 bits: ${accepted}`],
    [{ _tag: "Ec", curve: "P-521" }, undefined],
    [{ _tag: "Ed448" }, undefined],
    [{ _tag: "Unusable", oid: "1.2.3", reason: "unknown key" }, "unknown key (1.2.3)"],
  ]
  it.each(keys)("has a key that is long enough and not too long: %j", (key, reason) => {
    const certificate = made({ key })
    const failure = { _tag: "KeyRefused", certificate, reason }
    expect(everyRule(certificate, "default")).toStrictEqual(reason && failure)
  })

  it("has no critical extension that nobody processes", () => {
    const strange = [extensionIds.informationAccess, "1.2.3"]
    for (const extension of strange) {
      const certificate = made({}, { all: [bareExtension(extension, true)] })
      const failure = { _tag: "CriticalExtensionUnknown", certificate, extension }
      expect(everyRule(certificate, "default")).toStrictEqual(failure)
      const loose = made({}, { all: [bareExtension(extension, false)] })
      expect(everyRule(loose, "default")).toBeUndefined()
    }
    const known = Object.values(extensionIds).filter((id) => id !== extensionIds.informationAccess)
    const all = known.map((id) => bareExtension(id, true))
    expect(everyRule(made({}, { all }), "default")).toBeUndefined()
    const last = made({}, { all: [...all, bareExtension("1.2.3", true)] })
    expect(everyRule(last, "default")).toMatchObject({ extension: "1.2.3" })
  })

  it("has restrictions of policies only where nobody may ignore them", () => {
    for (const extension of [extensionIds.policyConstraints, extensionIds.inhibitAnyPolicy]) {
      const certificate = made({}, { all: [bareExtension(extension, false)] })
      expect(everyRule(certificate, "default")).toStrictEqual({
        _tag: "ExtensionRefused",
        certificate,
        extension,
        reason: "must be critical",
      })
    }
    const loose = [extensionIds.policies, extensionIds.policyMappings]
    const all = loose.map((id) => bareExtension(id, false))
    expect(everyRule(made({}, { all }), "default")).toBeUndefined()
  })

  it("meets the rules of issuance in profile strict alone", () => {
    const zero = made({ serial: "00" })
    expect(everyRule(zero, "default")).toBeUndefined()
    expect(everyRule(zero, "strict")).toMatchObject({ _tag: "IssuanceRuleBroken" })
  })
})
