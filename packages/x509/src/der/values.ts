import {
  type Canon,
  canonicalBits,
  canonicalBoolean,
  canonicalInteger,
  canonicalNull,
  canonicalOid,
} from "./canonical.ts"
import { contents, fail, nextTag, type Reader, tags } from "./reader.ts"

/** A count that no certificate reaches; larger INTEGERs are read as this one. */
export const manyMore: number = Number.MAX_SAFE_INTEGER

/** The contents octets of an INTEGER in two's complement, minimal (X.690 §8.3). */
export function integer(reader: Reader, tag: number = tags.integer): Uint8Array {
  return canonical(reader, tag, "an integer", canonicalInteger)
}

function canonical(reader: Reader, tag: number, what: string, canon: Canon): Uint8Array {
  const at = reader.at
  const octets = contents(reader, tag, what)
  const problem = canon(octets)
  if (problem !== undefined) fail(reader, problem, at)
  return octets
}

/** A non-negative INTEGER as a number; `manyMore` for anything above 2^31. */
export function count(reader: Reader, tag: number = tags.integer): number {
  const at = reader.at
  const octets = integer(reader, tag)
  if ((octets[0] ?? 0) >= 0x80) fail(reader, "negative count", at)
  if (octets.length > 4) return manyMore
  return octets.reduce((value, octet) => value * 256 + octet, 0)
}

/** BOOLEAN, canonical: 00 or FF (X.690 §11.1). */
export function boolean(reader: Reader, tag: number = tags.boolean): boolean {
  return canonical(reader, tag, "a boolean", canonicalBoolean)[0] === 0xff
}

/** `BOOLEAN DEFAULT FALSE`: present only as TRUE (X.690 §11.5). */
export function booleanDefaultFalse(reader: Reader): boolean {
  if (nextTag(reader) !== tags.boolean) return false
  const at = reader.at
  const value = boolean(reader)
  if (!value) fail(reader, "default value is encoded", at)
  return value
}

export interface BitString {
  readonly unused: number
  readonly octets: Uint8Array
}

/** BIT STRING whose unused bits are zero (X.690 §11.2.1). */
export function bitString(reader: Reader, tag: number = tags.bitString): BitString {
  const all = canonical(reader, tag, "a bit string", canonicalBits)
  return { unused: all[0] ?? 0, octets: all.subarray(1) }
}

/** A BIT STRING of whole octets, as keys and signatures are. */
export function bitStringOctets(reader: Reader): Uint8Array {
  const at = reader.at
  const { unused, octets } = bitString(reader)
  if (unused !== 0) fail(reader, "bit string is not whole octets", at)
  return octets
}

export function octetString(reader: Reader, tag: number = tags.octetString): Uint8Array {
  return contents(reader, tag, "an octet string")
}

export function nothing(reader: Reader): void {
  canonical(reader, tags.null, "null", canonicalNull)
}

/** Takes an AlgorithmIdentifier's parameters: absent, or NULL. */
export function absentOrNull(reader: Reader): void {
  if (nextTag(reader) !== -1) nothing(reader)
}

/** OBJECT IDENTIFIER in dotted form, every arc minimal (X.690 §8.19). */
export function oid(reader: Reader, tag: number = tags.oid): string {
  const octets = canonical(reader, tag, "an object identifier", canonicalOid)
  return reader.source.failure === undefined ? dotted(octets) : ""
}

function dotted(octets: Uint8Array): string {
  let text = ""
  let arc = 0
  let start = 0
  for (const [i, octet] of octets.entries()) {
    arc = arc * 128 + (octet & 0x7f)
    if (octet >= 0x80) continue
    const digits = arc > Number.MAX_SAFE_INTEGER ? exactArc(octets.subarray(start, i + 1)) : arc
    text = text === "" ? firstArcs(digits) : `${text}.${digits}`
    arc = 0
    start = i + 1
  }
  return text
}

function firstArcs(joined: number | bigint): string {
  if (joined < 40) return `0.${joined}`
  if (joined < 80) return `1.${Number(joined) - 40}`
  return `2.${BigInt(joined) - 80n}`
}

/** Arcs may be 128-bit numbers (2.25.UUID), beyond what a double holds. */
function exactArc(octets: Uint8Array): bigint {
  return octets.reduce((value, octet) => value * 128n + BigInt(octet & 0x7f), 0n)
}
