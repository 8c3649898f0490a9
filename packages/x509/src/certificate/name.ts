import { bytesSince, fail, more, open, type Reader, skip, tags } from "../der/reader.ts"
import { asciiText, latinText, printableText, utf8Text, wideText } from "../der/text.ts"
import { oid } from "../der/values.ts"
import { toHex } from "../hex.ts"
import { comparableText } from "./comparable-text.ts"

/** A distinguished name: its encoding, its parts, and what it is compared by. */
export interface Name {
  readonly bytes: Uint8Array
  readonly rdns: readonly RelativeName[]
  /** Equal for names that RFC 5280 §7.1 calls equal, whatever their string types, case and spaces. */
  readonly key: string
}

export interface RelativeName {
  readonly attributes: readonly Attribute[]
  readonly key: string
}

export interface Attribute {
  readonly oid: string
  /** The text of a string value; undefined for a BIT STRING, the only other type that names have. */
  readonly text: string | undefined
  /** The whole encoding of the value. */
  readonly value: Uint8Array
}

/** Reads `Name` of RFC 5280 §4.1.2.4. */
export function readName(reader: Reader): Name {
  const start = reader.at
  const sequence = open(reader, tags.sequence, "a name")
  const rdns: RelativeName[] = []
  while (more(sequence)) rdns.push(readRelativeName(sequence))
  return { bytes: bytesSince(reader, start), rdns, key: rdns.map((rdn) => rdn.key).join(",") }
}

/** Reads `RelativeDistinguishedName` under any tag. */
export function readRelativeName(reader: Reader, tag: number = tags.set): RelativeName {
  const set = open(reader, tag, "a relative name")
  const attributes: Attribute[] = []
  if (!more(set)) fail(set, "empty relative name")
  const keys: string[] = []
  let previous: Uint8Array = new Uint8Array()
  while (more(set)) {
    const start = set.at
    const read = attribute(set)
    const key = attributeKey(read)
    if (key === undefined) fail(set, "value is too long to be compared", start)
    attributes.push(read)
    keys.push(key ?? "")
    const encoding = bytesSince(set, start)
    if (!isAscending(previous, encoding)) fail(set, "relative name is not sorted", start)
    previous = encoding
  }
  return { attributes, key: keys.length === 1 ? (keys[0] ?? "") : keys.sort().join("+") }
}

/** X.690 §11.6: the elements of a SET OF ascend by their encodings, the shorter as if padded with zeros. */
function isAscending(first: Uint8Array, second: Uint8Array): boolean {
  for (let i = 0; i < first.length; i += 1) {
    const difference = (second[i] ?? 0) - (first[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

function attribute(reader: Reader): Attribute {
  const pair = open(reader, tags.sequence, "an attribute")
  const type = oid(pair)
  const start = pair.at
  const value = skip(pair)
  if (more(pair)) fail(pair, "unexpected bytes after the value")
  const tag = value[0] ?? 0
  if (tag === tags.bitString) return { oid: type, text: undefined, value }
  const decode = decoders.get(tag) ?? noText
  const text = decode(stringContents(value))
  if (text === undefined) fail(pair, "value is no string, or has characters beyond its type", start)
  return { oid: type, text, value }
}

const decoders = new Map<number, (octets: Uint8Array) => string | undefined>([
  [tags.utf8String, utf8Text],
  [tags.printableString, printableText],
  [tags.numericString, printableText],
  [tags.ia5String, asciiText],
  [tags.teletexString, latinText],
  [tags.bmpString, (octets) => wideText(octets, 2)],
  [tags.universalString, (octets) => wideText(octets, 4)],
])

function noText(): undefined {
  return undefined
}

/** The contents of a low-tag element whose form `skip` has already checked. */
function stringContents(element: Uint8Array): Uint8Array {
  const length = element[1] ?? 0
  return element.subarray(length < 0x80 ? 2 : 2 + (length & 0x7f))
}

/** Lengths make the key injective: no value can imitate the border of another. */
function attributeKey({ oid: type, text, value }: Attribute): string | undefined {
  if (text === undefined) return `${type}#${toHex(value)}`
  const comparable = comparableText(text)
  return comparable === undefined ? undefined : `${type}=${comparable.length}:${comparable}`
}
