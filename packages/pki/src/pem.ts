/** One PEM block (RFC 7468): 64 columns, trailing line feed. */
export function toPem(label: string, der: Uint8Array): string {
  const text = Buffer.from(der).toString("base64")
  const lines = text.match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n")
}
