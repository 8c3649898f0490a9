const plain = /^[!-~]+(?: [!-~]+)*$/

/**
 * The form in which two name strings are compared (RFC 5280 §7.1, the string preparation of RFC 4518):
 * compatibility characters unified, invisible ones dropped, case folded, white space trimmed and collapsed.
 */
export function comparableText(text: string): string {
  if (plain.test(text)) return text.toLowerCase()
  const mapped = text.normalize("NFKC").replace(/\s/gu, " ")
  const visible = mapped.replace(/[\p{Cc}\p{Cf}\p{DI}]/gu, "")
  const folded = visible.toUpperCase().toLowerCase().normalize("NFKC")
  return folded.split(" ").filter(Boolean).join(" ")
}
