/** What DER demands of the contents octets of one primitive type; undefined if they are canonical. */
export type Canon = (octets: Uint8Array) => string | undefined

/** X.690 §11.1: 00 or FF. */
export const canonicalBoolean: Canon = (octets) =>
  octets.length === 1 && (octets[0] === 0 || octets[0] === 0xff)
    ? undefined
    : "boolean is not canonical"

/** X.690 §8.3.2: the first nine bits are neither all zero nor all one. */
export const canonicalInteger: Canon = (octets) => {
  const [first, second = 0] = octets
  const isPadded = octets.length > 1 && first === (second < 0x80 ? 0 : 0xff)
  return first === undefined || isPadded ? "integer is not minimal" : undefined
}

/** X.690 §8.6.2 and §11.2.1: at most seven unused bits, all of them zero. */
export const canonicalBits: Canon = (octets) => {
  const unused = octets[0] ?? 8
  if (unused > 7 || (octets.length === 1 && unused !== 0)) return "bad count of unused bits"
  const last = octets.length > 1 ? (octets.at(-1) ?? 0) : 0
  return (last & ((1 << unused) - 1)) === 0 ? undefined : "unused bits are set"
}

export const canonicalNull: Canon = (octets) =>
  octets.length === 0 ? undefined : "null has contents"

/** No registered identifier is longer; the bound keeps the arithmetic on arcs small. */
const longestOid = 128

/** X.690 §8.19: whole arcs, none with a leading zero. */
export const canonicalOid: Canon = (octets) => {
  if ((octets.at(-1) ?? 0x80) >= 0x80 || octets.length > longestOid) return "bad object identifier"
  const isPadded = octets.some((octet, i) => octet === 0x80 && (octets[i - 1] ?? 0) < 0x80)
  return isPadded ? "object identifier is not minimal" : undefined
}
