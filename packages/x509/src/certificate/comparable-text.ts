/**
 * The longest text that is prepared, in UTF-16 units: reordering a run of combining marks takes the square of
 * its length. The bounds of RFC 5280 Appendix A for what people are called are 64 and below.
 */
export const longestPrepared = 256

const plain = /^[!-~]+(?: [!-~]+)*$/

/**
 * The form in which two name strings are compared (RFC 5280 §7.1, the string preparation of RFC 4518):
 * compatibility characters unified, invisible ones dropped, case folded, white space trimmed and collapsed.
 * Undefined for a text that needs preparing and is too long for it.
 */
export function comparableText(text: string): string | undefined {
  if (plain.test(text)) return text.toLowerCase()
  if (text.length > longestPrepared) return undefined
  const mapped = text.normalize("NFKC").replace(/\s/gu, " ")
  const visible = mapped.replace(/[\p{Cc}\p{Cf}\p{DI}]/gu, "")
  const folded = visible.toUpperCase().toLowerCase().normalize("NFKC")
  return folded.split(" ").filter(Boolean).join(" ")
}
