const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
const DIGITS: readonly number[] = Array.from(ALPHABET, (digit) => digit.charCodeAt(0))
const VALUES: Uint8Array = valuesOf(DIGITS)
const EQUALS = 0x3d
const PERCENT = 0x25
const PATTERN = /^[A-Za-z0-9+/]+={0,2}$/
/** Arguments of one call: engines bound them, callers do not bound their texts. */
const CHUNK = 1024

/** Standard padded base64 (RFC 4648 §4) over the UTF-8 of a text without lone surrogates. */
export function encodeBase64(text: string): string {
  const bytes = utf8(text)
  const codes: number[] = []
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    codes.push(digit(word >> 18), digit(word >> 12))
    codes.push(left > 1 ? digit(word >> 6) : EQUALS, left > 2 ? digit(word) : EQUALS)
  }
  return textOf(codes)
}

/** The text of standard padded base64; `undefined` if it is no such base64, or not of UTF-8. */
export function decodeBase64(base64: string): string | undefined {
  if (base64.length % 4 !== 0 || !PATTERN.test(base64)) return undefined
  const bytes: number[] = []
  let word = 0
  let bits = 0
  let seen = 0
  for (let at = 0; at < base64.length; at++) {
    const code = base64.charCodeAt(at)
    if (code === EQUALS) break
    word = ((word << 6) | (VALUES[code] ?? 0)) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    const byte = (word >> bits) & 0xff
    bytes.push(byte)
    seen |= byte
  }
  return seen < 0x80 ? textOf(bytes) : fromUtf8(bytes)
}

function valuesOf(digits: readonly number[]): Uint8Array {
  const values = new Uint8Array(128)
  for (const [value, code] of digits.entries()) values[code] = value
  return values
}

function digit(word: number): number {
  return DIGITS[word & 63] ?? EQUALS
}

function textOf(codes: readonly number[]): string {
  if (codes.length <= CHUNK) return String.fromCharCode(...codes)
  let text = ""
  for (let at = 0; at < codes.length; at += CHUNK) {
    text += String.fromCharCode(...codes.slice(at, at + CHUNK))
  }
  return text
}

// Percent-encoding is the language's own UTF-8 encoder: no host API is needed.
function utf8(text: string): readonly number[] {
  const isAscii = /^[ -~]*$/.test(text)
  const escaped = isAscii ? text : encodeURIComponent(text)
  const bytes: number[] = []
  for (let at = 0; at < escaped.length; at++) {
    const code = escaped.charCodeAt(at)
    const isEscape = !isAscii && code === PERCENT
    bytes.push(isEscape ? Number.parseInt(escaped.slice(at + 1, at + 3), 16) : code)
    if (isEscape) at += 2
  }
  return bytes
}

function fromUtf8(bytes: readonly number[]): string | undefined {
  let escaped = ""
  for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, "0")}`
  try {
    return decodeURIComponent(escaped)
  } catch {
    return undefined
  }
}
