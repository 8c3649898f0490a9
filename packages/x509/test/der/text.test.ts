import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { asciiText, latinText, utf8Text, wideText } from "../../src/der/text.ts"

describe("string types", () => {
  it("reads what the platform's encoder writes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 50 }), (text) => {
        const encoded = new TextEncoder().encode(text)
        expect(utf8Text(encoded)).toBe(
          new TextDecoder("utf-8", { ignoreBOM: true }).decode(encoded),
        )
      }),
      { numRuns: 500 },
    )
  })

  it("refuses exactly the bytes that a fatal decoder refuses", () => {
    const unit = fc.constantFrom(
      0x41,
      0x80,
      0xbf,
      0xc0,
      0xc2,
      0xe0,
      0xa0,
      0xed,
      0xf0,
      0x90,
      0xf4,
      0x8f,
      0xf5,
      0xff,
    )
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 6 }), (octets) => {
        const bytes = Uint8Array.from(octets)
        expect(utf8Text(bytes)).toBe(fatal(bytes))
      }),
      { numRuns: 2000 },
    )
  })

  it("reads long texts, latin ones and wide ones", () => {
    expect(latinText(new Uint8Array(10_000).fill(0xe4))).toBe("ä".repeat(10_000))
    expect(asciiText(Uint8Array.of(0x41, 0x80))).toBeUndefined()
    expect(wideText(Uint8Array.of(0x20, 0xac), 2)).toBe("€")
    expect(wideText(Uint8Array.of(0, 1, 0xf6, 0), 4)).toBe("😀")
    expect(wideText(Uint8Array.of(0xd8, 0), 2)).toBeUndefined()
    expect(wideText(Uint8Array.of(0x20), 2)).toBeUndefined()
    expect(wideText(Uint8Array.of(0xff, 0, 0, 0), 4)).toBeUndefined()
  })
})

function fatal(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
