import { describe, expect, it } from "vitest"
import type { Extensions } from "../../../src/certificate/extensions.ts"
import { settingsOf } from "../../../src/path/options.ts"
import { leafRule } from "../../../src/path/rules/leaf.ts"
import { made, nameOf } from "../../fixtures/made.ts"

const settings = settingsOf({ now: 0 })
const clientAuth = "1.3.6.1.5.5.7.3.2"
const ca: Partial<Extensions> = { basicConstraints: { ca: true, pathLength: undefined } }

function failureOf(extensions: Partial<Extensions>, options = settings) {
  const { certificate: _, ...failure } = {
    certificate: undefined,
    ...leafRule(made({}, extensions), options),
  }
  return failure
}

describe("a leaf", () => {
  it("may say as little as it likes", () => {
    expect(leafRule(made(), settings)).toBeUndefined()
  })

  it("is the certificate that its failure names", () => {
    const certificate = made({}, ca)
    expect(leafRule(certificate, settings)).toStrictEqual({ _tag: "AuthorityAsLeaf", certificate })
  })

  it("is an authority only where that is accepted by name", () => {
    const options = { ...settings, dangerouslyAcceptAuthorityAsLeaf: true }
    expect(failureOf(ca, options)).toEqual({})
    const ordinary = { basicConstraints: { ca: false, pathLength: undefined } }
    expect(failureOf(ordinary)).toEqual({})
    const keyUsage = new Set(["keyCertSign", "digitalSignature"] as const)
    expect(failureOf({ ...ca, keyUsage }, options)).toEqual({})
  })

  const usage = { _tag: "PurposeRefused", extension: "2.5.29.15" }
  const purpose = {
    _tag: "PurposeRefused",
    extension: "2.5.29.37",
    reason: "clientAuth is missing",
  }
  const refusals: readonly (readonly [string, Partial<Extensions>, object])[] = [
    [
      "a key that signs certificates",
      { keyUsage: new Set(["digitalSignature", "keyCertSign"]) },
      { ...usage, reason: "keyCertSign without being an authority" },
    ],
    [
      "a key that does not sign",
      { keyUsage: new Set(["keyEncipherment"]) },
      { ...usage, reason: "digitalSignature is missing" },
    ],
    [
      "constraints of names",
      { nameConstraints: { permitted: undefined, excluded: undefined } as never },
      {
        _tag: "ExtensionRefused",
        extension: "2.5.29.30",
        reason: "only an authority can constrain names",
      },
    ],
    ["no purpose", { extendedKeyUsage: new Set() }, purpose],
    ["any purpose", { extendedKeyUsage: new Set(["2.5.29.37.0"]) }, purpose],
    [
      "an empty list of names",
      { subjectAltName: [] },
      { _tag: "NameRefused", name: "", reason: "alternative names are empty" },
    ],
    [
      "a name of no form behind a good one",
      {
        subjectAltName: [
          { _tag: "Dns", text: "a.test" },
          { _tag: "Dns", text: ".a" },
        ],
      },
      { _tag: "NameRefused", name: "dns:.a", reason: "not a host name" },
    ],
  ]
  it.each(refusals)("is refused with %s", (_name, extensions, expected) => {
    expect(failureOf(extensions)).toStrictEqual(expected)
  })

  it("needs an issuer", () => {
    const certificate = made({ issuer: nameOf() })
    expect(leafRule(certificate, settings)).toStrictEqual({
      _tag: "NameRefused",
      certificate,
      name: "",
      reason: "issuer is empty",
    })
  })

  it("is meant for clients, or for nothing in particular unless that is required", () => {
    const strict = { ...settings, requireExtendedKeyUsage: true }
    const named = { extendedKeyUsage: new Set(["1.2.3", clientAuth]) }
    expect([failureOf(named), failureOf(named, strict), failureOf({})]).toEqual([{}, {}, {}])
    expect(failureOf({}, strict)).toStrictEqual(purpose)
  })

  it("may sign, and be called by any name of a good form", () => {
    expect(failureOf({ keyUsage: new Set(["digitalSignature"]) })).toEqual({})
    expect(failureOf({ subjectAltName: [{ _tag: "Dns", text: "A.test" }] })).toEqual({})
  })
})
