import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { certificateLimits } from "../../src/der/limits.ts"
import { failureOf, readerOf } from "../../src/der/reader.ts"
import { time } from "../../src/der/time.ts"

function read(text: string, tag: 0x17 | 0x18 = text.length === 13 ? 0x17 : 0x18): number | string {
  const octets = Array.from(text, (character) => character.charCodeAt(0))
  const reader = readerOf(Uint8Array.from([tag, octets.length, ...octets]), certificateLimits)
  const value = time(reader)
  return failureOf(reader)?.problem ?? value
}

describe("certificate times", () => {
  it.each([
    ["700101000001Z", "1970-01-01T00:00:01Z"],
    ["491231235959Z", "2049-12-31T23:59:59Z"],
    ["500101000000Z", "1950-01-01T00:00:00Z"],
    ["20240229120000Z", "2024-02-29T12:00:00Z"],
    ["19990101000000Z", "1999-01-01T00:00:00Z"],
    ["99991231235959Z", "9999-12-31T23:59:59Z"],
    ["00040229000000Z", "0004-02-29T00:00:00Z"],
  ])("reads %s", (text, iso) => {
    expect(read(text)).toBe(Date.parse(iso))
  })

  it.each([
    ["20230229000000Z"],
    ["19000229000000Z"],
    ["20240431000000Z"],
    ["20241301000000Z"],
    ["20240001000000Z"],
    ["20240100000000Z"],
    ["20240101240000Z"],
    ["20240101006000Z"],
    ["20240101000060Z"],
    ["20240101000000"],
    ["20240101000000.0Z"],
    ["20240101000000+0000"],
    ["202401010000Z"],
    ["2024010100000 Z"],
    ["20240101000000z"],
  ])("refuses %s", (text) => {
    expect(read(text, 0x18)).toBe("not a time")
  })

  it.each([["2401010000Z"], ["240101000000+0000"], ["24010100000Z"]])("refuses UTC %s", (text) => {
    expect(read(text, 0x17)).toBe("not a time")
  })

  it("agrees with the calendar on every second of it", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true }),
        (date) => {
          const seconds = Math.floor(date.getTime() / 1000) * 1000
          const text = new Date(seconds).toISOString().replace(/[-:T]|\.000/g, "")
          expect(read(text)).toBe(seconds)
        },
      ),
      { numRuns: 1000 },
    )
  })
})
