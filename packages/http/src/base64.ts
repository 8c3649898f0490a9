const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
const PERCENT = 0x25
const PATTERN = /^[A-Za-z0-9+/]+={0,2}$/

/** Standard padded base64 (RFC 4648 §4) over the UTF-8 of a text without lone surrogates. */
export function encodeBase64(text: string): string {
  const bytes = utf8(text)
  let out = ""
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const word = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    out += digit(word >> 18) + digit(word >> 12)
    out += left > 1 ? digit(word >> 6) : "="
    out += left > 2 ? digit(word) : "="
  }
  return out
}

/** The text of standard padded base64; `undefined` if it is no such base64, or not of UTF-8. */
export function decodeBase64(base64: string): string | undefined {
  if (base64.length % 4 !== 0 || !PATTERN.test(base64)) return undefined
  let escaped = ""
  let word = 0
  let bits = 0
  for (let at = 0; at < base64.length && base64[at] !== "="; at++) {
    word = ((word << 6) | ALPHABET.indexOf(base64.charAt(at))) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    escaped += `%${((word >> bits) & 0xff).toString(16).padStart(2, "0")}`
  }
  try {
    return decodeURIComponent(escaped)
  } catch {
    return undefined
  }
}

function digit(word: number): string {
  return ALPHABET.charAt(word & 63)
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
