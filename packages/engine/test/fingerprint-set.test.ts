import { createHash } from "node:crypto"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { FingerprintSet, fingerprint } from "../src/index.ts"
import { alice, bob } from "./support/given.ts"
import { hexes } from "./support/hexes.ts"

function setOf(list: readonly string[]): FingerprintSet {
  return new FingerprintSet(list.map(fingerprint))
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}

describe("a set of fingerprints", () => {
  it("answers as a Set of their digits", () => {
    fc.assert(
      fc.property(fc.array(hexes, { maxLength: 40 }), fc.array(hexes), (entries, others) => {
        const expected = new Set(entries)
        const set = setOf(entries)
        expect(set.size).toBe(expected.size)
        for (const hex of [...entries, ...others]) {
          expect(set.has(fingerprint(hex)), hex).toBe(expected.has(hex))
        }
      }),
      { numRuns: 300 },
    )
  })

  it("holds nothing where it is empty, not even zero", () => {
    const empty = setOf([])
    expect(empty.size).toBe(0)
    expect(empty.has(fingerprint("0".repeat(64)))).toBe(false)
  })

  it("holds zero, which a free slot looks like, only where it is an entry", () => {
    const zero = "0".repeat(64)
    expect(setOf([alice, bob]).has(fingerprint(zero))).toBe(false)
    const set = setOf([zero, alice, zero])
    expect(set.size).toBe(2)
    expect(set.has(fingerprint(zero))).toBe(true)
    expect(set.has(fingerprint(bob))).toBe(false)
  })

  it("tells entries apart that differ in one of their eight words", () => {
    const zero = "0".repeat(64)
    for (let word = 0; word < 8; word++) {
      const change = (hex: string) => `${hex.slice(0, word * 8)}12345678${hex.slice(word * 8 + 8)}`
      for (const hex of [zero, alice]) {
        const other = change(hex)
        expect(setOf([hex]).has(fingerprint(other)), other).toBe(false)
        expect(setOf([other]).has(fingerprint(hex)), other).toBe(false)
        expect(setOf([other]).has(fingerprint(other)), other).toBe(true)
        expect(setOf([other]).size).toBe(1)
        expect(setOf([hex, other]).size).toBe(2)
      }
    }
  })

  it("goes on at its beginning where many entries belong to its end", () => {
    const last = (n: number) => `7fffffff${n.toString(16).padStart(56, "0")}`
    const set = setOf([1, 2, 3, 4, 5].map(last))
    expect(set.size).toBe(5)
    const found = [0, 1, 2, 3, 4, 5, 6].map((n) => set.has(fingerprint(last(n))))
    expect(found).toEqual([false, true, true, true, true, true, false])
  })

  it("counts an entry once, in whichever place", () => {
    const first = `${"0".repeat(63)}1`
    const set = setOf([alice, bob, alice, alice.toUpperCase()])
    expect(set.size).toBe(2)
    expect(setOf([first, first]).size).toBe(1)
    expect(setOf([first, first]).has(fingerprint("0".repeat(64)))).toBe(false)
    expect(set.has(fingerprint(alice))).toBe(true)
    expect(set.has(fingerprint(bob))).toBe(true)
  })

  it("tells entries apart whose first words are equal, to the last word", () => {
    const last = (n: number): string => n.toString(16).padStart(64, "0")
    const entries = Array.from({ length: 300 }, (_, n) => last(2 * n))
    const set = setOf(entries)
    expect(set.size).toBe(300)
    for (let n = 0; n < 602; n++) {
      expect(set.has(fingerprint(last(n))), last(n)).toBe(n % 2 === 0 && n < 600)
    }
  })

  it("holds its size of entries at every small size", () => {
    for (let size = 0; size <= 70; size++) {
      const entries = Array.from({ length: size }, (_, n) => hashOf(`${n}`))
      const set = setOf(entries)
      expect(set.size).toBe(size)
      expect(entries.every((hex) => set.has(fingerprint(hex)))).toBe(true)
      expect(set.has(fingerprint(hashOf("other")))).toBe(false)
    }
  })

  it("takes any iterable, and keeps a copy", () => {
    const words = fingerprint(alice)
    const set = new FingerprintSet(new Set([words]).values())
    words.words.fill(0)
    expect(set.has(fingerprint(alice))).toBe(true)
  })

  it("holds no fingerprint of too few words", () => {
    const set = setOf(["0".repeat(64)])
    expect(set.has({ hex: "", words: new Int32Array(0) })).toBe(false)
    expect(set.has({ hex: "", words: new Int32Array(9) })).toBe(false)
  })

  it("holds 100 000 entries and no other", () => {
    const set = setOf(Array.from({ length: 100_000 }, (_, n) => hashOf(`entry ${n}`)))
    expect(set.size).toBe(100_000)
    for (let n = 0; n < 100_000; n += 37) {
      expect(set.has(fingerprint(hashOf(`entry ${n}`)))).toBe(true)
      expect(set.has(fingerprint(hashOf(`other ${n}`)))).toBe(false)
    }
  })
})
