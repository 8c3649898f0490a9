import { describe, expect, it } from "vitest"
import { printable, printableJson } from "../src/printable.ts"

const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

describe("text from documents", () => {
  it.each([
    ["a terminal's escape", "\u001b[2J", "\\u{1b}[2J"],
    ["a line end", "a\r\nb", "a\\u{d}\\u{a}b"],
    ["an eight-bit control sequence", "\u009b2J", "\\u{9b}2J"],
    ["a change of direction", "a\u202eb", "a\\u{202e}b"],
    ["a separator of lines", "a\u2028b", "a\\u{2028}b"],
    ["half a character", "a\ud800", "a\\u{d800}"],
  ])("is printed without %s", (_name, text, printed) => {
    expect(printable(text)).toBe(printed)
  })

  it("stays as it is where nothing is harmful", () => {
    expect(printable("Größe 日本 /path?x=1 'quoted'")).toBe("Größe 日本 /path?x=1 'quoted'")
  })

  it("never reaches a terminal with a harmful character, alone or in JSON, which keeps its meaning", () => {
    for (const plane of [0, 1, 14]) {
      const text = planeOf(plane)
      expect(harmful.test(printable(text))).toBe(false)
      const json = printableJson({ text })
      expect(harmful.test(json.replaceAll("\n", ""))).toBe(false)
      expect(JSON.parse(json).text === text).toBe(true)
    }
  })
})

/** Every code point of one of Unicode's planes. */
function planeOf(plane: number): string {
  const points = Array.from({ length: 0x10000 }, (_, at) => plane * 0x10000 + at)
  return points.map((point) => String.fromCodePoint(point)).join(" ")
}
