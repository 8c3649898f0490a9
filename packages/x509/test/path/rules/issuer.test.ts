import { describe, expect, it } from "vitest"
import type { Extensions } from "../../../src/certificate/extensions.ts"
import { issuerRule, pathLengthRule } from "../../../src/path/rules/issuer.ts"
import { made, nameOf } from "../../fixtures/made.ts"

const ca: Partial<Extensions> = { basicConstraints: { ca: true, pathLength: undefined } }
const clientAuth = "1.3.6.1.5.5.7.3.2"
const anyPurpose = "2.5.29.37.0"
const serverAuth = "1.3.6.1.5.5.7.3.1"

describe("an issuer", () => {
  it.each([
    [{}, "cA is not TRUE"],
    [{ basicConstraints: { ca: false, pathLength: undefined } }, "cA is not TRUE"],
    [{ ...ca, keyUsage: new Set(["cRLSign"] as const) }, "keyCertSign is missing"],
    [{ ...ca, keyUsage: new Set<never>() }, "keyCertSign is missing"],
  ] as const)("with %j is no authority: %s", (extensions, reason) => {
    const certificate = made({}, extensions)
    expect(issuerRule(certificate, "default")).toStrictEqual({
      _tag: "NotAnAuthority",
      certificate,
      reason,
    })
  })

  it("without a name is no authority", () => {
    const certificate = made({ subject: nameOf() }, ca)
    expect(issuerRule(certificate, "default")).toStrictEqual({
      _tag: "NotAnAuthority",
      certificate,
      reason: "subject is empty",
    })
  })

  it("passes on the purposes that it has", () => {
    for (const purpose of [clientAuth, anyPurpose]) {
      const extendedKeyUsage = new Set([serverAuth, purpose])
      expect(issuerRule(made({}, { ...ca, extendedKeyUsage }), "default")).toBeUndefined()
    }
    for (const list of [[], [serverAuth]]) {
      const certificate = made({}, { ...ca, extendedKeyUsage: new Set(list) })
      expect(issuerRule(certificate, "default")).toStrictEqual({
        _tag: "PurposeRefused",
        certificate,
        extension: "2.5.29.37",
        reason: "authority may not issue for clientAuth",
      })
    }
  })

  it("may be any authority with a usual key", () => {
    expect(issuerRule(made({}, ca), "default")).toBeUndefined()
    const keyUsage = new Set(["keyCertSign", "cRLSign"] as const)
    expect(issuerRule(made({}, { ...ca, keyUsage }), "default")).toBeUndefined()
    expect(issuerRule(made({ version: 1 }, ca), "default")).toMatchObject({
      _tag: "VersionRefused",
    })
  })

  it("allows as many intermediates below it as it says", () => {
    const certificate = made({}, { basicConstraints: { ca: true, pathLength: 1 } })
    expect(pathLengthRule(certificate, 1)).toBeUndefined()
    expect(pathLengthRule(certificate, 2)).toStrictEqual({
      _tag: "PathTooLong",
      certificate,
      limit: 1,
    })
    expect(pathLengthRule(made({}, ca), 99)).toBeUndefined()
    expect(pathLengthRule(made(), 99)).toBeUndefined()
  })
})
