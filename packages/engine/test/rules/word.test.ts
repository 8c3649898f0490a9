import { describe, expect, it } from "vitest"
import { isWord } from "../../src/rules/word.ts"

describe("a word", () => {
  it("is that text and nothing else", () => {
    expect(isWord("none", "none")).toBe(true)
    const others = ["None", "", undefined, null, 0, {}, ["none"], { toString: () => "none" }]
    for (const value of others) expect(isWord(value, "none")).toBe(false)
    expect(isWord(Object("none"), "none")).toBe(false)
  })
})
