import { type Malformed, malformed } from "../malformed.ts"
import {
  type Canon,
  canonicalBits,
  canonicalBoolean,
  canonicalInteger,
  canonicalNull,
  canonicalOid,
} from "./canonical.ts"
import type { DerLimits } from "./limits.ts"

/**
 * A cursor over a range of strict DER.
 *
 * The first problem stays in `source`; after it every read yields an empty value and consumes
 * nothing, so that decoders are straight lines and are asked once, at the end, what went wrong.
 */
export interface Reader {
  readonly source: Source
  readonly end: number
  readonly depth: number
  at: number
}

interface Source {
  readonly bytes: Uint8Array
  readonly limits: DerLimits
  nodes: number
  failure: Malformed | undefined
}

interface Element {
  readonly tag: number
  readonly body: number
  readonly end: number
}

/** Identifier octets; a tag number above 30 never equals one of them. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** The identifier octet of context tag `[n]`, n ≤ 30. */
export function contextTag(n: number, form: "primitive" | "constructed"): number {
  return (form === "primitive" ? 0x80 : 0xa0) | n
}

/** Starts at the first of `bytes`; an input above `limits.bytes` has already failed. */
export function readerOf(bytes: Uint8Array, limits: DerLimits): Reader {
  const reader: Reader = {
    source: { bytes, limits, nodes: 0, failure: undefined },
    end: bytes.length,
    depth: 0,
    at: 0,
  }
  if (bytes.length > limits.bytes) fail(reader, `more than ${limits.bytes} bytes`)
  return reader
}

export function failureOf(reader: Reader): Malformed | undefined {
  return reader.source.failure
}

/** Records the first problem; later ones are consequences. */
export function fail(reader: Reader, problem: string, at: number = reader.at): void {
  reader.source.failure ??= malformed(at, problem)
}

/** Whether another element can be read here. */
export function more(reader: Reader): boolean {
  return reader.at < reader.end && reader.source.failure === undefined
}

/** The identifier octet of the next element, -1 at the end. */
export function nextTag(reader: Reader): number {
  return more(reader) ? octet(reader, reader.at) : -1
}

/** Takes the next element, which must have `tag`, and opens its contents. */
export function open(reader: Reader, tag: number, what: string): Reader {
  const at = reader.at
  const element = take(reader)
  if (element === undefined || element.tag !== tag) {
    fail(reader, `expected ${what}`, at)
    return { source: reader.source, at, end: at, depth: reader.depth }
  }
  return within(reader, element)
}

/** Takes the next element, which must have `tag`, and returns its contents octets. */
export function contents(reader: Reader, tag: number, what: string): Uint8Array {
  const inner = open(reader, tag, what)
  return reader.source.bytes.subarray(inner.at, inner.end)
}

/** Refuses bytes that are left over. */
export function close(reader: Reader): void {
  if (reader.at !== reader.end) fail(reader, "unexpected bytes after the value")
}

/** The bytes from `start` up to the cursor, for fields that are signed or compared as they stand. */
export function bytesSince(reader: Reader, start: number): Uint8Array {
  return reader.source.bytes.subarray(start, reader.at)
}

/** Takes one element of any type, strictly formed at every level, and returns its whole encoding. */
export function skip(reader: Reader): Uint8Array {
  const start = reader.at
  const element = take(reader)
  if (element === undefined) {
    fail(reader, "expected a value", start)
  } else if (!hasFittingForm(element.tag)) {
    fail(reader, "form does not fit the type", start)
  } else if ((element.tag & 0x20) !== 0) {
    const inner = within(reader, element)
    while (more(inner)) skip(inner)
  } else {
    const octets = reader.source.bytes.subarray(element.body, element.end)
    const problem = canons.get(element.tag)?.(octets)
    if (problem !== undefined) fail(reader, problem, element.body)
  }
  return bytesSince(reader, start)
}

function within(reader: Reader, element: Element): Reader {
  const depth = reader.depth + 1
  if (depth > reader.source.limits.depth) fail(reader, "nested too deeply", element.body)
  return { source: reader.source, at: element.body, end: element.end, depth }
}

function take(reader: Reader): Element | undefined {
  if (!more(reader)) return undefined
  reader.source.nodes += 1
  if (reader.source.nodes > reader.source.limits.nodes) {
    fail(reader, `more than ${reader.source.limits.nodes} elements`)
    return undefined
  }
  const tag = octet(reader, reader.at)
  const lengthAt = (tag & 0x1f) === 0x1f ? afterHighTag(reader) : reader.at + 1
  const body = lengthAt + lengthOctets(reader, lengthAt)
  const length = lengthValue(reader, lengthAt, body)
  if (failureOf(reader) !== undefined) return undefined
  if (body + length > reader.end) {
    fail(reader, "length exceeds the enclosing value")
    return undefined
  }
  reader.at = body + length
  return { tag, body, end: body + length }
}

/** X.690 §8.1.2.4: seven bits an octet, no leading zero octet, and only for numbers above 30. */
function afterHighTag(reader: Reader): number {
  let at = reader.at + 1
  const first = octet(reader, at)
  if (first === 0x80 || first < 0x1f) fail(reader, "tag number is not minimal")
  while (at < reader.end && octet(reader, at) >= 0x80) at += 1
  if (at >= reader.end) fail(reader, "truncated tag")
  return at + 1
}

/** X.690 §10.1: the definite form; at most three octets, since no accepted input is 16 MiB long. */
function lengthOctets(reader: Reader, at: number): number {
  if (at >= reader.end) fail(reader, "truncated length")
  const first = octet(reader, at)
  if (first < 0x80) return 1
  const count = first & 0x7f
  if (count === 0) fail(reader, "indefinite length", at)
  if (count > 3) fail(reader, "length is too large", at)
  if (at + 1 + count > reader.end) fail(reader, "truncated length", at)
  return 1 + count
}

function lengthValue(reader: Reader, at: number, body: number): number {
  if (failureOf(reader) !== undefined) return 0
  if (body === at + 1) return octet(reader, at)
  let length = 0
  for (let i = at + 1; i < body; i += 1) length = length * 256 + octet(reader, i)
  const least = body === at + 2 ? 0x80 : 256 ** (body - at - 2)
  if (length < least) fail(reader, "length is not minimal", at)
  return length
}

/** EXTERNAL, EMBEDDED PDV, SEQUENCE, SET and CHARACTER STRING. */
const constructedTypes: ReadonlySet<number> = new Set([0x08, 0x0b, 0x10, 0x11, 0x1d])

/** X.690 §10.2: universal strings are primitive in DER; tag 0 ends the indefinite form and is no value. */
function hasFittingForm(tag: number): boolean {
  const number = tag & 0x1f
  if ((tag & 0xc0) !== 0 || number === 0x1f) return true
  return number !== 0 && ((tag & 0x20) !== 0) === constructedTypes.has(number)
}

const canons: ReadonlyMap<number, Canon> = new Map([
  [tags.boolean, canonicalBoolean],
  [tags.integer, canonicalInteger],
  [tags.enumerated, canonicalInteger],
  [tags.bitString, canonicalBits],
  [tags.null, canonicalNull],
  [tags.oid, canonicalOid],
])

function octet(reader: Reader, at: number): number {
  return reader.source.bytes[at] ?? 0
}
