import type { Fingerprint } from "./fingerprint.ts"

const WORDS = 8

/**
 * An immutable set of fingerprints: open addressing over their words, at most half full.
 * A look-up reads raw words, so it costs the same for a fingerprint never seen before
 * (a `Set` of strings would have to hash it first), and an entry costs 40 to 80 bytes.
 * Probing cannot be steered: the place is a part of a SHA-256.
 */
export class FingerprintSet {
  readonly size: number
  readonly #mask: number
  readonly #slots: Int32Array
  readonly #words: Int32Array

  constructor(entries: Iterable<Fingerprint>) {
    const all = [...entries]
    let capacity = 2
    while (capacity < all.length * 2) capacity *= 2
    this.#mask = capacity - 1
    this.#slots = new Int32Array(capacity)
    this.#words = new Int32Array(all.length * WORDS)
    let size = 0
    for (const entry of all) {
      const slot = this.#find(entry.words)
      if (this.#slots[slot] !== 0) continue
      this.#words.set(entry.words, size * WORDS)
      this.#slots[slot] = ++size
    }
    this.size = size
  }

  has(wanted: Fingerprint): boolean {
    const words = wanted.words
    return words.length === WORDS && this.#slots[this.#find(words)] !== 0
  }

  /** The slot that holds these words, or the free slot where they would go. */
  #find(words: Int32Array): number {
    let slot = Number(words[0]) & this.#mask
    for (;;) {
      const index = this.#slots[slot]
      if (index === 0 || index === undefined || this.#holds(index - 1, words)) return slot
      slot = (slot + 1) & this.#mask
    }
  }

  #holds(index: number, words: Int32Array): boolean {
    const at = index * WORDS
    for (let i = 0; i < WORDS; i++) if (this.#words[at + i] !== words[i]) return false
    return true
  }
}
