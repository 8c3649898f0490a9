/**
 * The value of the first usable cookie of exactly this name; "" if there is none.
 *
 * One pair of enclosing double quotes is removed. A value with a character that RFC 6265 §4.1.1
 * forbids (space and comma are tolerated) is no cookie, so the next of that name counts.
 */
export function cookieValue(header: string, name: string): string {
  for (let at = 0; at <= header.length; ) {
    const found = header.indexOf(";", at)
    const end = found < 0 ? header.length : found
    const value = readCookie(trim(header.slice(at, end)), name)
    if (value !== undefined) return value
    at = end + 1
  }
  return ""
}

/**
 * A `Cookie` header without every cookie of exactly this name; "" if none is left.
 *
 * The other cookies keep their text. A name that merely begins with `name` stays.
 */
export function stripCookie(header: string, name: string): string {
  const kept = header.split(";").filter((cookie) => nameOf(trim(cookie)) !== name)
  return trim(kept.join(";"))
}

// 0x20 to 0x7e without the double quote, the semicolon and the backslash.
const VALUE = /^[ !#-:<-[\]-~]*$/

function readCookie(cookie: string, name: string): string | undefined {
  if (nameOf(cookie) !== name) return undefined
  const equals = cookie.indexOf("=")
  const value = equals < 0 ? "" : unquote(cookie.slice(equals + 1))
  return VALUE.test(value) ? value : undefined
}

function nameOf(cookie: string): string {
  const equals = cookie.indexOf("=")
  return trim(equals < 0 ? cookie : cookie.slice(0, equals))
}

function unquote(value: string): string {
  const quoted = value.length > 1 && value.startsWith('"') && value.endsWith('"')
  return quoted ? value.slice(1, -1) : value
}

// Space and tab only: String.prototype.trim would make one name of two that other readers tell apart.
function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text, start)) start++
  while (end > start && isBlank(text, end - 1)) end--
  return text.slice(start, end)
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code === 0x20 || code === 0x09
}
