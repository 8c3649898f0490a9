const values: ReadonlyMap<number, number> = new Map(
  Array.from(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    (character, value) => [character.charCodeAt(0), value],
  ),
)

const padding = "=".charCodeAt(0)

/**
 * Decodes `text.slice(from, to)` of RFC 4648 §4, ignoring white space; undefined unless it is canonical: the
 * alphabet and nothing else, full padding, no bits left over, at most `limit` octets.
 */
export function decodeBase64(
  text: string,
  from: number,
  to: number,
  limit: number,
): Uint8Array | undefined {
  const octets = new Uint8Array(Math.min(limit, Math.ceil(((to - from) * 3) / 4)))
  let length = 0
  let bits = 0
  let pending = 0
  let padded = 0
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at)
    if (isSpace(code)) continue
    const value = values.get(code)
    if (code === padding) padded += 1
    else if (value === undefined || padded > 0) return undefined
    else {
      bits = ((bits << 6) | value) & 0xffff
      pending += 6
    }
    if (pending < 8) continue
    if (length === limit) return undefined
    pending -= 8
    octets[length] = bits >> pending
    length += 1
  }
  const isWhole = padded * 2 === pending && (bits & ((1 << pending) - 1)) === 0
  return isWhole ? octets.slice(0, length) : undefined
}

/** Tab, line feed, form feed, carriage return, space. */
export function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d)
}
