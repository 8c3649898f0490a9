import type { Curve } from "../certificate/public-key.ts"
import { close, failureOf, open, readerOf, tags } from "../der/reader.ts"
import { integer } from "../der/values.ts"

const sizes: Readonly<Record<Curve, number>> = { "P-256": 32, "P-384": 48, "P-521": 66 }

/** Turns an Ecdsa-Sig-Value (RFC 3279 §2.2.3) into the two fixed-size numbers that WebCrypto wants; undefined unless it is strict DER. */
export function fixedSizeSignature(
  der: Uint8Array,
  curve: Curve,
): Uint8Array<ArrayBuffer> | undefined {
  const reader = readerOf(der, { bytes: der.length, nodes: 3, depth: 2 })
  const pair = open(reader, tags.sequence, "a signature")
  const numbers = [integer(pair), integer(pair)].map(unsigned)
  close(pair)
  close(reader)
  const size = sizes[curve]
  if (failureOf(reader) !== undefined) return undefined
  if (numbers.some((octets) => octets === undefined || octets.length > size)) return undefined
  const fixed = new Uint8Array(2 * size)
  for (const [i, octets] of numbers.entries()) {
    if (octets !== undefined) fixed.set(octets, (i + 1) * size - octets.length)
  }
  return fixed
}

function unsigned(octets: Uint8Array): Uint8Array | undefined {
  const first = octets[0] ?? 0x80
  if (first >= 0x80) return undefined
  return first === 0 ? octets.subarray(1) : octets
}
