import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { listHolds } from "../src/fingerprint.ts"
import { type Fingerprint, fingerprint, sameFingerprint } from "../src/index.ts"
import { alice, bob } from "./support/given.ts"
import { hexes } from "./support/hexes.ts"

describe("a fingerprint", () => {
  it("is read from hexadecimal digits of either case", () => {
    const read = fingerprint(`${"0123456789abcdef".repeat(3)}89ABCDEF01234567`)
    expect(read.hex).toBe(`${"0123456789abcdef".repeat(3)}89abcdef01234567`)
    expect([...read.words].map((word) => word >>> 0)).toEqual([
      0x01234567, 0x89abcdef, 0x01234567, 0x89abcdef, 0x01234567, 0x89abcdef, 0x89abcdef,
      0x01234567,
    ])
  })

  it.each([
    "",
    "a".repeat(63),
    "a".repeat(65),
    `${"a".repeat(63)}g`,
    ` ${"a".repeat(63)}`,
    `${"a".repeat(64)}\n`,
    undefined,
    null,
    7,
    ["a".repeat(64)],
  ])("is nothing else: %j", (value) => {
    const say = "a fingerprint is 64 hexadecimal digits (SHA-256 of the DER)"
    // @ts-expect-error: hosts without types may pass anything
    expect(() => fingerprint(value)).toThrow(new TypeError(say))
  })

  it("is equal to another exactly where the digits are", () => {
    fc.assert(
      fc.property(hexes, hexes, (a, b) => {
        expect(sameFingerprint(fingerprint(a), fingerprint(b))).toBe(a === b)
        expect(sameFingerprint(fingerprint(a), fingerprint(a.toUpperCase()))).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it("differs from another in any one bit", () => {
    const zero = fingerprint("0".repeat(64))
    for (let bit = 0; bit < 256; bit++) {
      const digit = Math.floor(bit / 4)
      const hex = `${"0".repeat(digit)}${1 << (bit % 4)}${"0".repeat(63 - digit)}`
      expect(sameFingerprint(zero, fingerprint(hex)), hex).toBe(false)
    }
  })

  it("equals nothing where its words are too few or too many", () => {
    const whole = fingerprint("0".repeat(64))
    for (const length of [0, 7, 9]) {
      const broken: Fingerprint = { hex: whole.hex, words: new Int32Array(length) }
      expect(sameFingerprint(broken, whole)).toBe(false)
      expect(sameFingerprint(whole, broken)).toBe(false)
      expect(sameFingerprint(broken, broken)).toBe(false)
    }
  })
})

describe("a list of fingerprints", () => {
  const list = [fingerprint(alice), fingerprint(bob), fingerprint(alice)]

  it("holds what stands in it, first, last or twice", () => {
    expect(listHolds(list, fingerprint(alice))).toBe(true)
    expect(listHolds(list, fingerprint(bob))).toBe(true)
    expect(listHolds([fingerprint(bob)], fingerprint(bob))).toBe(true)
  })

  it("holds nothing else", () => {
    expect(listHolds(list, fingerprint("c".repeat(64)))).toBe(false)
    expect(listHolds([], fingerprint(alice))).toBe(false)
  })
})
