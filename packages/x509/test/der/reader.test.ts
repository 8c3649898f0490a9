import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { certificateLimits } from "../../src/der/limits.ts"
import { close, failureOf, open, readerOf, skip, tags } from "../../src/der/reader.ts"
import { hexBytes } from "../fixtures/read.ts"

function problemOf(hex: string, limits = certificateLimits): string | undefined {
  const reader = readerOf(hexBytes(hex), limits)
  skip(reader)
  close(reader)
  return failureOf(reader)?.problem
}

describe("the strict DER reader", () => {
  it.each([
    ["30 00", "an empty sequence"],
    ["30 03 02 01 05", "a sequence of one integer"],
    ["bf 1f 02 05 00", "a tag number in the high form"],
    ["04 81 80".concat(" 00".repeat(128)), "a length of 128"],
  ])("reads %s: %s", (hex) => {
    expect(problemOf(hex)).toBeUndefined()
  })

  it.each([
    ["", "expected a value"],
    ["30", "truncated length"],
    ["30 80 00 00", "indefinite length"],
    ["30 81 03 02 01 05", "length is not minimal"],
    ["30 82 00 03 02 01 05", "length is not minimal"],
    ["04 84 00 00 00 01 00", "length is too large"],
    ["04 81", "truncated length"],
    ["30 04 02 01 05", "length exceeds the enclosing value"],
    ["30 03 02 02 05", "length exceeds the enclosing value"],
    ["30 03 02 01 05 00", "unexpected bytes after the value"],
    ["bf 1e 00", "tag number is not minimal"],
    ["bf 80 7f 00", "tag number is not minimal"],
    ["bf ff", "truncated tag"],
    ["30 03 01 01 01", "boolean is not canonical"],
    ["30 04 02 02 00 05", "integer is not minimal"],
    ["30 04 02 02 ff 85", "integer is not minimal"],
    ["30 02 02 00", "integer is not minimal"],
    ["30 02 00 00", "form does not fit the type"],
    ["2c 03 0c 01 41", "form does not fit the type"],
    ["10 00", "form does not fit the type"],
    ["30 03 05 01 00", "null has contents"],
  ])("refuses %s: %s", (hex, problem) => {
    expect(problemOf(hex)).toBe(problem)
  })

  it("counts bytes, elements and depth", () => {
    expect(problemOf("04 02 00 00", { ...certificateLimits, bytes: 3 })).toBe("more than 3 bytes")
    expect(problemOf("30 04 05 00 05 00", { ...certificateLimits, nodes: 2 })).toBe(
      "more than 2 elements",
    )
    expect(problemOf("30 02 30 00", { ...certificateLimits, depth: 1 })).toBe("nested too deeply")
  })

  it("keeps the first problem and consumes nothing after it", () => {
    const reader = readerOf(hexBytes("02 01 05 30 00"), certificateLimits)
    open(reader, tags.sequence, "a sequence")
    const at = reader.at
    open(reader, tags.set, "a set")
    expect(failureOf(reader)).toEqual({ _tag: "Malformed", at: 0, problem: "expected a sequence" })
    expect(reader.at).toBe(at)
  })

  it("ends on any bytes without throwing", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const reader = readerOf(bytes, certificateLimits)
        skip(reader)
        close(reader)
        expect(reader.at).toBeLessThanOrEqual(bytes.length)
      }),
      { numRuns: 2000 },
    )
  })

  it("does not recurse beyond its depth on a tower of sequences", () => {
    expect(problemOf("30 80".repeat(10_000))).toBe("indefinite length")
    const tower = Array.from({ length: 60 }, (_, i) => (2 * (59 - i)).toString(16).padStart(2, "0"))
    expect(problemOf(tower.map((length) => `30 ${length}`).join(" "))).toBe("nested too deeply")
  })
})
