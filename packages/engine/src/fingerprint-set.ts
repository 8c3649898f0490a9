import type { Fingerprint } from "./fingerprint.ts"

const WORDS = 8
/** Slots for an entry: three fifths full is 53 bytes an entry, and two places to look at on average. */
const SLOTS = 5 / 3
const POSITIVE = 0x7fff_ffff

/**
 * An immutable set of fingerprints: open addressing, the words themselves in the table, so that an
 * entry is one place in memory however large the set is. A look-up reads raw words and costs the same
 * for a fingerprint never seen before (a `Set` of strings would have to hash it first).
 * Probing cannot be steered: the place is a part of a SHA-256. A free slot is all zero.
 */
export class FingerprintSet {
  readonly size: number
  readonly #table: Int32Array
  readonly #slotsPerWord: number
  readonly #holdsZero: boolean

  constructor(entries: Iterable<Fingerprint>) {
    const all = [...entries]
    const slots = Math.ceil(all.length * SLOTS) + 1
    this.#table = new Int32Array(slots * WORDS)
    this.#slotsPerWord = slots / (POSITIVE + 1)
    let size = 0
    let holdsZero = false
    for (const { words } of all) {
      const at = this.#find(words)
      const isNew = isZero(words, 0) ? !holdsZero : at < 0
      if (!isNew) continue
      if (at < 0) this.#table.set(words, ~at)
      else holdsZero = true
      size++
    }
    this.size = size
    this.#holdsZero = holdsZero
  }

  has(wanted: Fingerprint): boolean {
    const { words } = wanted
    if (words.length !== WORDS) return false
    return isZero(words, 0) ? this.#holdsZero : this.#find(words) >= 0
  }

  /** Where these words stand, or the complement of where they would; zero seems to stand in a free slot. */
  #find(words: Int32Array): number {
    const table = this.#table
    let at = Math.floor((Number(words[0]) & POSITIVE) * this.#slotsPerWord) * WORDS
    while (!isSame(table, at, words)) {
      if (isZero(table, at)) return ~at
      at = at + WORDS < table.length ? at + WORDS : 0
    }
    return at
  }
}

// Both are written out, because a loop over the eight words costs twice as much.

function isSame(table: Int32Array, at: number, words: Int32Array): boolean {
  return (
    table[at] === words[0] &&
    table[at + 1] === words[1] &&
    table[at + 2] === words[2] &&
    table[at + 3] === words[3] &&
    table[at + 4] === words[4] &&
    table[at + 5] === words[5] &&
    table[at + 6] === words[6] &&
    table[at + 7] === words[7]
  )
}

function isZero(words: Int32Array, at: number): boolean {
  return (
    words[at] === 0 &&
    words[at + 1] === 0 &&
    words[at + 2] === 0 &&
    words[at + 3] === 0 &&
    words[at + 4] === 0 &&
    words[at + 5] === 0 &&
    words[at + 6] === 0 &&
    words[at + 7] === 0
  )
}
