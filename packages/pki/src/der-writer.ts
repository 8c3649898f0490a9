/**
 * Wraps contents in a tag with a minimal definite length: the frame around what asn1js encodes.
 * It also writes what asn1js refuses to write, because contents are taken as they are.
 */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = concat(contents)
  return concat([Uint8Array.of(tag), lengthOctets(content.length), content])
}

export function sequence(...contents: readonly Uint8Array[]): Uint8Array {
  return tlv(0x30, ...contents)
}

/** BIT STRING whose last octet has `unused` insignificant bits. */
export function bitString(content: Uint8Array, unused = 0): Uint8Array {
  return tlv(0x03, Uint8Array.of(unused), content)
}

export function octetString(content: Uint8Array): Uint8Array {
  return tlv(0x04, content)
}

export const DER_NULL: Uint8Array = Uint8Array.of(0x05, 0x00)
export const DER_TRUE: Uint8Array = Uint8Array.of(0x01, 0x01, 0xff)

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

export function lengthOctets(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const octets: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return Uint8Array.of(0x80 | octets.length, ...octets)
}
