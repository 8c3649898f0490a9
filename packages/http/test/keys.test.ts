import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decodeBase64, encodeBase64 } from "../src/base64.ts"
import { canonicalKey } from "../src/canonical-key.ts"
import { JSON_KEY_LIMIT, readJsonKey, writeJsonKey } from "../src/json-key.ts"
import { keySpellings, longEnough } from "../src/key-spellings.ts"
import { storeKey } from "../src/store-key.ts"
import { tokenHashFunction, tokenId, tokenOrg } from "../src/token-parts.ts"
import { anyText, hostileText } from "./arbitrary.ts"
import { work } from "./work.ts"

const HEX_ORG = "6492f66e6ebbc56c6a6bf022"

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64")
}

function json(org: string, id: string, h: string): string {
  return base64(`{"org":"${org}","id":"${id}","h":"${h}"}`)
}

describe("base64", () => {
  it("is the host's base64 of the same UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(encodeBase64(text)).toBe(base64(text))
        if (text !== "") expect(decodeBase64(base64(text))).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  it.each(["", "A", "AA", "AAA", "A===", "=", "====", "AA==AA==", "A A=", "AA-_", "AAA\n", "/w=="])(
    "is not %j",
    (text) => {
      expect(decodeBase64(text)).toBeUndefined()
    },
  )
})

describe("a store key", () => {
  it.each([
    ["o", "x", "", "ox"],
    ["o", "ox", "", "ox"],
    ["o", "oox", "", "oox"],
    ["", "x", "", "x"],
    ["o", "x", "sha256", json("o", "x", "sha256")],
    ["o", "ox", "murmur32", json("o", "x", "murmur32")],
    ["o", "x", "md5", json("o", "x", "murmur64")],
    ["o", "", "", ""],
    ["o", "o", "sha256", ""],
  ])("of organisation %j, id %j and function %j is %j", (orgId, id, hashFunction, key) => {
    expect(storeKey(orgId, id, hashFunction)).toBe(key)
  })

  it("says exactly what it was made of, whatever the characters (no member can be forged)", () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (org, id, h) => {
        const key = writeJsonKey({ org, id, h })
        if (key.length <= JSON_KEY_LIMIT) expect(readJsonKey(key)).toEqual({ org, id, h })
      }),
      { numRuns: 500 },
    )
    const forged = storeKey('a","org":"victim', 'x","id":"y', "sha256")
    expect(tokenOrg(forged)).toBe('a","org":"victim')
    expect(tokenId(forged)).toBe('x","id":"y')
  })
})

describe("the parts of a token", () => {
  it.each([
    ["testdata-JJNIsqyZViCvcDHXYkOU8VRTAIFu7RjhCnGrSXYPSuRC", ""],
    [json(HEX_ORG, "657c16", "murmur64"), HEX_ORG],
    [`${HEX_ORG}657c16`, HEX_ORG],
    ["6492f66e6e", ""],
    [HEX_ORG, ""],
    [base64('{"id":"x"}'), ""],
    [base64('{"org":1,"id":"x"}'), ""],
    [`${json("o", "x", "sha256")}abc`, ""],
    [base64('["o"]'), ""],
    [base64('{"__proto__":{"org":"o"}}'), ""],
    ["ey", ""],
    ["", ""],
  ])("G30-33 the organisation of %j is %j", (key, org) => {
    expect(tokenOrg(key)).toBe(org)
  })

  it("are those of the JSON form, empty for any other", () => {
    const key = json("o", "x", "sha256")
    expect([tokenId(key), tokenHashFunction(key)]).toEqual(["x", "sha256"])
    expect([tokenId("ox"), tokenHashFunction("ox")]).toEqual(["", ""])
  })

  it("are the key's own, whatever every object has come to inherit", () => {
    Object.defineProperty(Object.prototype, "org", { value: "victim", configurable: true })
    try {
      expect(tokenOrg(base64('{"id":"x"}'))).toBe("")
    } finally {
      Reflect.deleteProperty(Object.prototype, "org")
    }
  })

  it("are not read from a text beyond the limit", () => {
    const long = json("o", "x".repeat(JSON_KEY_LIMIT), "sha256")
    expect(tokenId(long)).toBe("")
    expect(keySpellings({ orgId: "o", key: long, hashKeyFunction: "" })).toEqual([`o${long}`, long])
  })
})

describe("the spellings of a key", () => {
  it("are the built one and the literal one", () => {
    expect(keySpellings({ orgId: "o", key: "x", hashKeyFunction: "" })).toEqual(["ox", "x"])
    expect(keySpellings({ orgId: "o", key: "ox", hashKeyFunction: "" })).toEqual(["ox"])
    expect(keySpellings({ orgId: "o", key: "x", hashKeyFunction: "sha256" })).toEqual([
      json("o", "x", "sha256"),
      "x",
    ])
  })

  it("are the literal one alone if the key claims the organisation of the API", () => {
    const input = { orgId: HEX_ORG, hashKeyFunction: "sha256" }
    for (const key of [`${HEX_ORG}x`, json(HEX_ORG, "x", "murmur32")]) {
      expect(keySpellings({ ...input, key })).toEqual([key])
    }
    expect(keySpellings({ orgId: "", key: "x", hashKeyFunction: "sha256" })).toEqual(["x"])
  })

  it("end with those of earlier hash functions, none twice", () => {
    const input = { orgId: "o", key: "x", hashKeyFunction: "sha256" }
    expect(keySpellings({ ...input, fallback: ["murmur64", "", "sha256"] })).toEqual([
      json("o", "x", "sha256"),
      "x",
      json("o", "x", "murmur64"),
      "ox",
    ])
  })

  it("are the literal one alone if keys are not built from user names", () => {
    const input = { orgId: "o", key: "x", hashKeyFunction: "", fallback: ["sha256"] }
    expect(keySpellings({ ...input, disableKeyActionsByUsername: true })).toEqual(["x"])
  })

  it("are none for no key, and never empty texts", () => {
    expect(keySpellings({ orgId: "o", key: "", hashKeyFunction: "" })).toEqual([])
    expect(keySpellings({ orgId: "o", key: "o", hashKeyFunction: "" })).toEqual(["o"])
  })

  it("exist for any text, without repetition", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (orgId, key) => {
        const fallback = ["sha256", "", "murmur64"]
        const keys = keySpellings({ orgId, key, hashKeyFunction: "murmur64", fallback })
        expect(new Set(keys).size).toBe(keys.length)
        expect(keys.includes(key)).toBe(key !== "")
      }),
      { numRuns: 500 },
    )
  })

  it("cost work in proportion to the key", () => {
    const cost = (n: number): number => {
      const key = `ey${"A".repeat(n)}`
      return work(() => keySpellings({ orgId: "o", key, hashKeyFunction: "sha256" }))
    }
    const small = cost(JSON_KEY_LIMIT)
    expect(small).toBeGreaterThan(JSON_KEY_LIMIT)
    expect(cost(4 * JSON_KEY_LIMIT)).toBeLessThan(small * 4.5)
  })
})

describe("a key long enough", () => {
  it.each([
    ["ab", undefined, false],
    ["abc", undefined, true],
    ["ab", 0, false],
    ["abc", 0, true],
    ["a".repeat(31), 32, false],
    ["a".repeat(32), 32, true],
    ["", 1, false],
  ])("is %j with minimum %j: %j", (key, minimum, isLong) => {
    expect(longEnough(key, minimum)).toBe(isLong)
  })
})

describe("the canonical form", () => {
  it.each([
    ["o", "x", "o", "x"],
    ["o", "ox", "o", "x"],
    ["o", json("o", "x", "sha256"), "o", "x"],
    ["o", json("o", "x", "murmur32"), "o", "x"],
    ["o", json("p", "x", "sha256"), "p", "x"],
    ["", "x", "", "x"],
    ["o", "oox", "o", "ox"],
    ["o", json("o", "ox", ""), "o", "ox"],
    ["o", "o", "o", "o"],
    ["o", json("o", "", ""), "o", json("o", "", "")],
  ])("in organisation %j of %j is %j and %j", (orgId, key, org, id) => {
    expect(canonicalKey(orgId, key)).toEqual({ orgId: org, id })
  })

  it("of every store key of one organisation and id is one", () => {
    const id = fc.string({ minLength: 1, maxLength: 40 })
    const org = fc.constantFrom("default", HEX_ORG, 'q"o', "é")
    fc.assert(
      fc.property(org, id, (orgId, id) => {
        fc.pre(!id.startsWith(orgId) && readJsonKey(id) === undefined)
        for (const h of ["", "murmur32", "murmur64", "murmur128", "sha256"]) {
          expect(canonicalKey(orgId, storeKey(orgId, id, h))).toEqual({ orgId, id })
        }
      }),
      { numRuns: 300 },
    )
  })

  it("of different ids differs", () => {
    fc.assert(
      fc.property(hostileText, hostileText, fc.constantFrom("", "sha256"), (a, b, h) => {
        const [first, second] = [`a${a}`, `a${b}`]
        fc.pre(first !== second)
        const canonical = (id: string) => canonicalKey("org", storeKey("org", id, h))
        expect(canonical(first)).not.toEqual(canonical(second))
      }),
      { numRuns: 300 },
    )
  })
})
