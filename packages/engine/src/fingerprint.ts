declare const made: unique symbol

/**
 * SHA-256 of a certificate's DER (RFC 8705 §3.1 `x5t#S256`), made once per certificate or session.
 * `hex` is 64 lower-case digits for people; `words` are the same 256 bits, big-endian, for comparing.
 */
export interface Fingerprint {
  readonly [made]?: never
  readonly hex: string
  readonly words: Int32Array
}

const WORDS = 8

/** Reads a fingerprint from 64 hexadecimal digits of either case; anything else is a `TypeError`. */
export function fingerprint(hex: string): Fingerprint {
  if (typeof hex !== "string" || !/^[0-9a-fA-F]{64}$/.test(hex)) {
    throw new TypeError("a fingerprint is 64 hexadecimal digits (SHA-256 of the DER)")
  }
  const words = new Int32Array(WORDS)
  for (let i = 0; i < WORDS; i++) words[i] = wordAt(hex, i * 8)
  return { hex: hex.toLowerCase(), words }
}

/** Of eight digits; letters of either case have their place in the alphabet in the low bits. */
function wordAt(hex: string, start: number): number {
  let word = 0
  for (let at = start; at < start + 8; at++) {
    const code = hex.charCodeAt(at)
    word = (word << 4) | ((code & 15) + (code >> 6) * 9)
  }
  return word
}

/** Whether two fingerprints are equal, in time that depends on neither (all words, no early exit). */
export function sameFingerprint(a: Fingerprint, b: Fingerprint): boolean {
  return difference(a.words, b.words) === 0
}

/** Whether a list holds a fingerprint, in time that depends on the length of the list alone. */
export function listHolds(list: readonly Fingerprint[], wanted: Fingerprint): boolean {
  let found = 0
  for (const entry of list) found |= difference(entry.words, wanted.words) === 0 ? 1 : 0
  return found === 1
}

/** Written out, because a loop over the eight words costs twice as much. */
function difference(a: Int32Array, b: Int32Array): number {
  if (a.length !== WORDS || b.length !== WORDS) return 1
  return (
    (Number(a[0]) ^ Number(b[0])) |
    (Number(a[1]) ^ Number(b[1])) |
    (Number(a[2]) ^ Number(b[2])) |
    (Number(a[3]) ^ Number(b[3])) |
    (Number(a[4]) ^ Number(b[4])) |
    (Number(a[5]) ^ Number(b[5])) |
    (Number(a[6]) ^ Number(b[6])) |
    (Number(a[7]) ^ Number(b[7]))
  )
}
