/** ASCII octets as text; undefined if one has its high bit set. */
export function asciiText(octets: Uint8Array): string | undefined {
  for (const octet of octets) if (octet >= 0x80) return undefined
  return latinText(octets)
}

const printable = /^[A-Za-z0-9 '()+,./:=?*&-]*$/

/** PrintableString (X.680 §41.4), and the `*` and `&` that public authorities have long put into it. */
export function printableText(octets: Uint8Array): string | undefined {
  const text = latinText(octets)
  return printable.test(text) ? text : undefined
}

/** Each octet as the character of its number (ISO 8859-1, the usual reading of TeletexString). */
export function latinText(octets: Uint8Array): string {
  let text = ""
  // fromCharCode takes its characters as arguments, of which a call may have only so many.
  for (let at = 0; at < octets.length; at += 4096) {
    text += String.fromCharCode(...octets.subarray(at, at + 4096))
  }
  return text
}

/** Big-endian UCS-2 or UCS-4 (BMPString, UniversalString); undefined if it holds no scalar values. */
export function wideText(octets: Uint8Array, width: 2 | 4): string | undefined {
  if (octets.length % width !== 0) return undefined
  let text = ""
  for (let at = 0; at < octets.length; at += width) {
    let point = 0
    for (let i = 0; i < width; i += 1) point = point * 256 + (octets[at + i] ?? 0)
    if (!isScalar(point)) return undefined
    text += String.fromCodePoint(point)
  }
  return text
}

/** Strict UTF-8: no overlong form, no surrogate, nothing above U+10FFFF (RFC 3629). */
export function utf8Text(octets: Uint8Array): string | undefined {
  const ascii = asciiText(octets)
  if (ascii !== undefined) return ascii
  let text = ""
  for (let at = 0; at < octets.length; ) {
    const lead = octets[at] ?? 0
    const length = sequenceLength(lead)
    const point = scalarAt(octets, at, length)
    if (length === 0 || point === undefined) return undefined
    text += String.fromCodePoint(point)
    at += length
  }
  return text
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1
  if (lead >= 0xc2 && lead < 0xe0) return 2
  if (lead >= 0xe0 && lead < 0xf0) return 3
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0
}

const leastOfLength = [0, 0, 0x80, 0x800, 0x10000]

function scalarAt(octets: Uint8Array, at: number, length: number): number | undefined {
  let point = (octets[at] ?? 0) & (length === 1 ? 0x7f : 0xff >> (length + 1))
  for (let i = 1; i < length; i += 1) {
    const octet = octets[at + i] ?? 0
    if ((octet & 0xc0) !== 0x80) return undefined
    point = point * 64 + (octet & 0x3f)
  }
  return point >= (leastOfLength[length] ?? 0) && isScalar(point) ? point : undefined
}

function isScalar(point: number): boolean {
  return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)
}
