import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseJson } from "../../src/document/parse-json.ts"

const parse = (text: string): unknown => parseJson(text, "a.json")

describe("JSON", () => {
  it("is parsed as JSON.parse parses it", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        fc.pre(!text.includes("__proto__"))
        expect(parse(text)).toEqual({ _tag: "Parsed", value: JSON.parse(text) })
      }),
      { numRuns: 500 },
    )
  })

  it("is refused where JSON.parse refuses it, whatever the text", () => {
    const letters = fc.constantFrom(...'{}[]:,"\\ \n01-.eEtrufalsn')
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 12 }), (text) => {
        const read = parseJson(text, "a.json")
        const accepted = accepts(text)
        if ("_tag" in read) expect(accepted).toBe(true)
        else if (accepted) expect(read.code).toBe("document.duplicate_key")
        else expect(read.code).toBe("document.syntax")
      }),
      { numRuns: 5_000 },
    )
  })

  it("says in which line it breaks, without quoting the line", () => {
    expect(parse('{\n "token": secret\n}')).toMatchObject({
      code: "document.syntax",
      place: "line 2, column 11",
      message: expect.not.stringContaining("secret"),
    })
    expect(parse('{"a": "\n"}')).toMatchObject({
      code: "document.syntax",
      place: "line 1, column 8",
    })
    expect(parse("")).toMatchObject({ code: "document.syntax" })
  })

  it("may not name a member twice, not even with escapes", () => {
    expect(parse('{"a": 1,\n"\\u0061": 2}')).toMatchObject({
      code: "document.duplicate_key",
      place: "line 2, column 1",
    })
    expect(parse('[{"a": 1}, {"a": 2, "b": {"a": 3}}]')).toMatchObject({ _tag: "Parsed" })
  })

  it("may not name a member __proto__, nor as YAML merges do", () => {
    expect(parse('{"__proto__": {"use_keyless": true}}')).toMatchObject({
      code: "document.reserved_key",
    })
    expect(parse('{"a": {"<\\u003c": {"use_keyless": true}}}')).toMatchObject({
      code: "document.reserved_key",
    })
    expect(parse('["__proto__"]')).toEqual({ _tag: "Parsed", value: ["__proto__"] })
  })

  it("notes members, and keeps numbers that could become other ones as texts", () => {
    const notes = { members: new Map<string, number>(), inexact: [] }
    const text = '{"a": -1.00000000000000001, "b": [1e-400, 12, -3],\n"c": {"d": 1E2}}'
    expect(parseJson(text, "a.json", notes)).toEqual({
      _tag: "Parsed",
      value: { a: "-1.00000000000000001", b: ["1e-400", 12, -3], c: { d: "1E2" } },
    })
    expect([...notes.members]).toEqual([
      ["a", 1],
      ["b", 28],
      ["c", 51],
    ])
  })

  it("is refused beyond a depth, at any size and without a stack", () => {
    for (const levels of [201, 10_000, 1_000_000]) {
      expect(parse("[".repeat(levels))).toMatchObject({ code: "document.too_deep" })
      expect(parse('{"a":'.repeat(levels))).toMatchObject({ code: "document.too_deep" })
    }
    expect(parse("[".repeat(200) + "]".repeat(200))).toMatchObject({ _tag: "Parsed" })
  })
})

function accepts(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
