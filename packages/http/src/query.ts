/**
 * The first value of a query parameter, decoded; "" if there is none.
 *
 * Pairs are separated by `&` alone, `+` is a space. A pair with `;`, a bad escape or bytes that are
 * not UTF-8 does not exist, so the next pair of that name counts.
 */
export function queryValue(query: string, name: string): string {
  for (let at = 0; at <= query.length; ) {
    const end = endOf(query, "&", at)
    const value = readPair(query.slice(at, end), name)
    if (value !== undefined) return value
    at = end + 1
  }
  return ""
}

/**
 * A raw query without every pair whose decoded name is exactly `name`.
 *
 * The other pairs keep their text and their order. A pair is removed by its name alone, whether or
 * not its value could be decoded: another reader may be less strict.
 */
export function stripQuery(query: string, name: string): string {
  return query
    .split("&")
    .filter((pair) => pair === "" || decode(pair.slice(0, endOf(pair, "=", 0))) !== name)
    .join("&")
}

function readPair(pair: string, name: string): string | undefined {
  if (pair === "" || pair.includes(";")) return undefined
  const equals = endOf(pair, "=", 0)
  return decode(pair.slice(0, equals)) === name ? decode(pair.slice(equals + 1)) : undefined
}

function decode(text: string): string | undefined {
  const spaced = text.replaceAll("+", " ")
  if (!spaced.includes("%")) return spaced
  try {
    return decodeURIComponent(spaced)
  } catch {
    return undefined
  }
}

function endOf(text: string, separator: string, from: number): number {
  const found = text.indexOf(separator, from)
  return found < 0 ? text.length : found
}
