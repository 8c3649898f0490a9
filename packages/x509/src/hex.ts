const octetHex: readonly string[] = Array.from({ length: 256 }, (_, octet) =>
  octet.toString(16).padStart(2, "0"),
)

/** Lower-case hexadecimal digits, two for each octet. */
export function toHex(octets: Uint8Array): string {
  let text = ""
  for (const octet of octets) text += octetHex[octet] ?? ""
  return text
}
