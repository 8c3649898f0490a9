import { describe, expect, it } from "vitest"
import { comparableText } from "../../src/certificate/comparable-text.ts"
import { formatName } from "../../src/certificate/format-name.ts"
import { type Name, readName } from "../../src/certificate/name.ts"
import { certificateLimits } from "../../src/der/limits.ts"
import { failureOf, readerOf } from "../../src/der/reader.ts"

function name(...rdns: [tag: number, octets: string][][]): Name | string {
  const encoded = rdns.map((rdn) => wrap(0x31, rdn.flatMap(attribute)))
  const reader = readerOf(Uint8Array.from(wrap(0x30, encoded.flat())), certificateLimits)
  const value = readName(reader)
  return failureOf(reader)?.problem ?? value
}

function attribute([tag, text]: [number, string]): number[] {
  const octets = Array.from(text, (character) => character.charCodeAt(0))
  return wrap(0x30, [0x06, 0x03, 0x55, 0x04, 0x03, ...wrap(tag, octets)])
}

function wrap(tag: number, octets: number[]): number[] {
  return [tag, octets.length, ...octets]
}

function keyOf(value: Name | string): string {
  return typeof value === "string" ? `problem: ${value}` : value.key
}

const utf8 = 0x0c
const printable = 0x13

describe("names", () => {
  it("that would cost the square of their length to prepare are not prepared", () => {
    const marks = (pairs: number): string => `a${"\u0316\u0301".repeat(pairs)}`
    expect(comparableText(marks(100))).toBeTypeOf("string")
    expect(comparableText(marks(200))).toBeUndefined()
    expect(comparableText("plain ".repeat(1000).trim())).toBeTypeOf("string")
  })

  it("are compared without regard to string type, case and white space", () => {
    const plain = keyOf(name([[printable, "Example Client"]]))
    expect(keyOf(name([[utf8, "  example   CLIENT "]]))).toBe(plain)
    expect(keyOf(name([[0x1e, "\0E\0x\0a\0m\0p\0l\0e\0 \0C\0l\0i\0e\0n\0t"]]))).toBe(plain)
    expect(keyOf(name([[utf8, "ExampleClient"]]))).not.toBe(plain)
  })

  it("keep the order of their parts, and inside a part the order that DER wants", () => {
    const a: [number, string] = [utf8, "a"]
    const b: [number, string] = [utf8, "b"]
    expect(keyOf(name([a], [b]))).not.toBe(keyOf(name([b], [a])))
    expect(name([b, a])).toBe("relative name is not sorted")
    expect(keyOf(name([a, b]))).not.toBe(keyOf(name([a], [b])))
  })

  it("cannot imitate the border between two parts", () => {
    const two = keyOf(name([[utf8, "a"]], [[utf8, "b"]]))
    expect(keyOf(name([[utf8, "a,2.5.4.3=1:b"]]))).not.toBe(two)
  })

  it("refuse characters that their type does not have", () => {
    expect(name([[utf8, "\xff"]])).toContain("characters")
    expect(name([[printable, "\xe4"]])).toContain("characters")
    expect(name([])).toBe("empty relative name")
    expect(name([[0x02, "\x05"]])).toContain("no string")
  })

  it("are shown most specific first, with everything escaped that could mislead", () => {
    const shown = name(
      [[utf8, " a,b=c\n"]],
      [
        [utf8, "e "],
        [utf8, "#d\\"],
      ],
    )
    if (typeof shown === "string") throw new Error(shown)
    expect(formatName(shown)).toBe("CN=e\\ +CN=\\#d\\\\,CN=\\ a\\,b\\=c\\0a")
  })

  it("show a value that is no string by its encoding", () => {
    const shown = name([[0x03, "\x00\x05"]])
    if (typeof shown === "string") throw new Error(shown)
    expect(formatName(shown)).toBe("CN=#03020005")
  })
})

describe("comparable text", () => {
  it("drops what cannot be seen and folds what looks the same", () => {
    expect(comparableText("Ev\u00adil\u200b")).toBe("evil")
    expect(comparableText("STRASSE")).toBe(comparableText("straße"))
    expect(comparableText("ﬁle\u00a0x")).toBe("file x")
    expect(comparableText("\t a \n b ")).toBe("a b")
  })
})
