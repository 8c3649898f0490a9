const DIGITS = 8
const PLACE = "0".repeat(DIGITS)

/** A name for a certificate of which many different copies are made. */
export function templateName(what: string): string {
  return `${what} ${PLACE}`
}

/**
 * Another certificate of the same length with another number in its names. Its signature no longer
 * holds, which is what a stranger's is worth, and which nobody asks of an anchor (RFC 5280 §6.1.1 d).
 */
export function renamed(template: Uint8Array, i: number): Uint8Array {
  const copy = Buffer.from(template)
  const number = String(i).padStart(DIGITS, "0")
  let at = copy.indexOf(PLACE)
  if (at < 0) throw new Error("the certificate has no name to change")
  for (; at >= 0; at = copy.indexOf(PLACE, at + DIGITS)) copy.write(number, at, "latin1")
  return copy
}
