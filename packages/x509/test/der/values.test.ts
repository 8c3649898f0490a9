import { describe, expect, it } from "vitest"
import { certificateLimits } from "../../src/der/limits.ts"
import { failureOf, type Reader, readerOf } from "../../src/der/reader.ts"
import {
  bitString,
  booleanDefaultFalse,
  count,
  integer,
  manyMore,
  oid,
} from "../../src/der/values.ts"
import { toHex } from "../../src/hex.ts"
import { hexBytes } from "../fixtures/read.ts"

function read<A>(hex: string, decode: (reader: Reader) => A): A | string {
  const reader = readerOf(hexBytes(hex), certificateLimits)
  const value = decode(reader)
  return failureOf(reader)?.problem ?? value
}

describe("DER values", () => {
  it("reads integers as they are written", () => {
    expect(read("02 02 00 ff", (reader) => toHex(integer(reader)))).toBe("00ff")
    expect(read("02 01 ff", (reader) => toHex(integer(reader)))).toBe("ff")
  })

  it("reads counts, calls large ones many more, and refuses negative ones", () => {
    expect(read("02 01 00", count)).toBe(0)
    expect(read("02 02 01 00", count)).toBe(256)
    expect(read("02 09 00 ff ff ff ff ff ff ff ff", count)).toBe(manyMore)
    expect(read("02 01 80", count)).toBe("negative count")
  })

  it("reads object identifiers of any arc", () => {
    expect(read("06 03 55 1d 25", oid)).toBe("2.5.29.37")
    expect(read("06 09 2a 86 48 86 f7 0d 01 01 0b", oid)).toBe("1.2.840.113549.1.1.11")
    expect(read("06 01 27", oid)).toBe("0.39")
    expect(read("06 02 88 37", oid)).toBe("2.999")
    const uuid = `06 14 69 83 ${"ff ".repeat(17)}7f`
    expect(read(uuid, oid)).toBe(`2.25.${2n ** 128n - 1n}`)
  })

  it.each([["06 00"], ["06 02 2a 86"], ["06 03 2a 80 01"], [`06 81 81 ${"01".repeat(129)}`]])(
    "refuses the object identifier %s",
    (hex) => {
      expect(read(hex, oid)).toContain("object identifier")
    },
  )

  it("refuses a default that is encoded", () => {
    expect(read("01 01 ff", booleanDefaultFalse)).toBe(true)
    expect(read("05 00", booleanDefaultFalse)).toBe(false)
    expect(read("01 01 00", booleanDefaultFalse)).toBe("default value is encoded")
  })

  it("refuses bits that are set where there are none", () => {
    expect(read("03 02 07 80", (reader) => bitString(reader).unused)).toBe(7)
    expect(read("03 02 07 81", (reader) => bitString(reader).unused)).toBe("unused bits are set")
    expect(read("03 02 08 00", (reader) => bitString(reader).unused)).toBe(
      "bad count of unused bits",
    )
    expect(read("03 01 01", (reader) => bitString(reader).unused)).toBe("bad count of unused bits")
    expect(read("03 00", (reader) => bitString(reader).unused)).toBe("bad count of unused bits")
  })
})
