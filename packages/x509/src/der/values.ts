import {
  bytesSince,
  contents,
  fail,
  isMinimalInteger,
  nextTag,
  open,
  type Reader,
  tags,
} from "./reader.ts"

/** A count that no certificate reaches; larger INTEGERs are read as this one. */
export const manyMore: number = Number.MAX_SAFE_INTEGER

/** The contents octets of an INTEGER in two's complement, minimal (X.690 §8.3). */
export function integer(reader: Reader, tag: number = tags.integer): Uint8Array {
  const at = reader.at
  const octets = contents(reader, tag, "an integer")
  if (!isMinimalInteger(octets.length, octets[0] ?? 0, octets[1] ?? 0)) {
    fail(reader, "integer is not minimal", at)
  }
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
export function boolean(reader: Reader): boolean {
  const at = reader.at
  const octets = contents(reader, tags.boolean, "a boolean")
  const value = octets[0]
  if (octets.length !== 1 || (value !== 0 && value !== 0xff)) {
    fail(reader, "boolean is not canonical", at)
  }
  return value === 0xff
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
  const at = reader.at
  const all = contents(reader, tag, "a bit string")
  const unused = all[0] ?? 8
  const last = all[all.length - 1] ?? 0
  if (unused > 7 || (all.length === 1 && unused !== 0)) fail(reader, "bad count of unused bits", at)
  if (all.length > 1 && (last & ((1 << unused) - 1)) !== 0) fail(reader, "unused bits are set", at)
  return { unused, octets: all.subarray(1) }
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
  const at = reader.at
  if (contents(reader, tags.null, "null").length !== 0) fail(reader, "null has contents", at)
}

/** Takes an AlgorithmIdentifier's parameters: absent, or NULL. */
export function absentOrNull(reader: Reader): void {
  if (nextTag(reader) !== -1) nothing(reader)
}

/** No registered identifier is longer; the bound keeps the arithmetic on arcs small. */
const longestOid = 128

/** OBJECT IDENTIFIER in dotted form, every arc minimal (X.690 §8.19). */
export function oid(reader: Reader, tag: number = tags.oid): string {
  const at = reader.at
  const inner = open(reader, tag, "an object identifier")
  const octets = inner.source.bytes.subarray(inner.at, inner.end)
  const last = octets[octets.length - 1] ?? 0x80
  if (octets.length > longestOid || last >= 0x80) fail(reader, "bad object identifier", at)
  return dotted(reader, octets, at)
}

function dotted(reader: Reader, octets: Uint8Array, at: number): string {
  if (reader.source.failure !== undefined) return ""
  let text = ""
  let arc = 0
  let start = 0
  for (let i = 0; i < octets.length; i += 1) {
    const octet = octets[i] ?? 0
    if (i === start && octet === 0x80) fail(reader, "object identifier is not minimal", at)
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

/** An element that is kept as it stands, such as a name: its encoding and a reader of its contents. */
export function kept(
  reader: Reader,
  tag: number,
  what: string,
): { bytes: Uint8Array; inner: Reader } {
  const start = reader.at
  const inner = open(reader, tag, what)
  return { bytes: bytesSince(reader, start), inner }
}
