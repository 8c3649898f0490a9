import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { isComputable, isComputableKey } from "../src/computable-key.ts"
import { writeJsonKey } from "../src/json-key.ts"
import { keySpellings } from "../src/key-spellings.ts"
import { hostileText } from "./arbitrary.ts"
import { work } from "./work.ts"

const DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
const HEX_ORG = "6492f66e6ebbc56c6a6bf022"
const wrap = (org: string, id: string, h = "murmur64"): string => writeJsonKey({ org, id, h })

describe("an id", () => {
  it.each([
    [DIGEST, true],
    [DIGEST.toUpperCase(), true],
    [`${DIGEST}0`, false],
    [DIGEST.slice(1), false],
    [`${DIGEST.slice(1)}g`, false],
    [`${DIGEST}\n`, false],
    [`${DIGEST.slice(1)}\n`, false],
    [`default${DIGEST}`, false],
    ["", false],
  ])("%j is computable: %j", (id, computable) => {
    expect(isComputable(id)).toBe(computable)
  })
})

describe("a key made from public data alone", () => {
  it.each([
    ["the digest", DIGEST],
    ["the digest in upper case", DIGEST.toUpperCase()],
    ["with the organisation", `default${DIGEST}`],
    ["with the organisation twice", `defaultdefault${DIGEST}`],
    ["with another organisation of 24 hex digits", HEX_ORG + DIGEST],
    ["in JSON", wrap("default", DIGEST)],
    ["in JSON with any hash function", wrap("default", DIGEST, "x")],
    ["in JSON in upper case", wrap("default", DIGEST.toUpperCase())],
    ["in JSON of another organisation", wrap("other", DIGEST)],
    ["in JSON with the organisation in the id", wrap("default", `default${DIGEST}`)],
    ["in JSON with the other organisation in the id", wrap("other", `other${DIGEST}`)],
    ["in JSON in JSON", wrap("default", wrap("default", DIGEST))],
    ["in JSON with a prefix", `default${wrap("default", DIGEST)}`],
    ["in JSON in JSON with prefixes", `default${wrap("a", `a${wrap("b", `bb${DIGEST}`)}`)}`],
    ["in JSON without organisation", wrap("", DIGEST)],
  ])("is found: %s", (_name, key) => {
    expect(isComputableKey("default", key)).toBe(true)
  })

  it("is found in JSON of an organisation with which JSON keys begin", () => {
    for (const org of ["e", "ey", "eyJvcm"]) {
      expect(isComputableKey(org, wrap(org, DIGEST))).toBe(true)
      expect(isComputableKey(org, org + org + wrap(org, DIGEST))).toBe(true)
    }
  })

  it.each([
    ["of a certificate of another organisation", `default${`tenant-2${DIGEST}`}`],
    ["of that in JSON", wrap("default", `tenant-2${DIGEST.toUpperCase()}`)],
  ])("is found by the certificate that the session names: %s", (_name, key) => {
    expect(isComputableKey("default", key)).toBe(false)
    expect(isComputableKey("default", key, DIGEST)).toBe(true)
    expect(isComputableKey("default", key, DIGEST.toUpperCase())).toBe(true)
    expect(isComputableKey("default", key, DIGEST.replace("9", "8"))).toBe(false)
  })

  it("is found under any number of wrappings, in any order, and under each of its spellings", () => {
    const wrapping = fc.oneof(
      fc.constant((text: string) => `default${text}`),
      fc
        .constantFrom("", "murmur32", "sha256", '"')
        .map((h) => (text: string) => wrap("default", text, h)),
    )
    fc.assert(
      fc.property(fc.array(wrapping, { maxLength: 5 }), fc.boolean(), (wrappings, isUpper) => {
        const start = isUpper ? DIGEST.toUpperCase() : DIGEST
        const key = wrappings.reduce((text, add) => add(text), start)
        const input = { orgId: "default", key, hashKeyFunction: "sha256", fallback: [""] }
        for (const spelling of [key, ...keySpellings(input)]) {
          expect(isComputableKey("default", spelling)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe("a key with a secret in it", () => {
  it.each([
    ["of 32 hex digits", `default${DIGEST.slice(32)}`],
    ["after the digest", `default${DIGEST}secret`],
    ["in JSON", wrap("default", "c8zj99aze7hdvtaqh4qvcck7")],
    ["before 64 hex digits", `tok_${DIGEST}`],
    ["in a JSON text that is no object", "eyJh"],
    ["none at all", ""],
  ])("is not taken for computable: %s", (_name, key) => {
    expect(isComputableKey("default", key)).toBe(false)
  })
})

it("any text is judged, in work proportional to its length", () => {
  fc.assert(
    fc.property(hostileText, hostileText, hostileText, (orgId, key, certificate) => {
      expect(typeof isComputableKey(orgId, key, certificate)).toBe("boolean")
    }),
    { numRuns: 500 },
  )
  const cost = (n: number): number => work(() => isComputableKey("o", `${"o".repeat(n)}ey`, DIGEST))
  const small = cost(1000)
  expect(small).toBeGreaterThan(1000)
  expect(cost(4000)).toBeLessThan(small * 4.5)
})
