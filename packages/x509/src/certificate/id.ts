const digestLength = 64

/** The id under which stores know a certificate: the organisation's id followed by the SHA-256 of its DER. */
export function certificateId(orgId: string, sha256: string): string {
  return orgId + sha256.toLowerCase()
}

/**
 * The SHA-256 in a certificate id, in lower case; undefined unless `text` is exactly `orgId` followed by 64
 * hexadecimal digits.
 *
 * A bare digest is an id only of the empty organisation: reading it as one of any organisation would let a
 * listing reach across the border that the prefix draws.
 */
export function readCertificateId(text: string, orgId: string): string | undefined {
  if (text.length !== orgId.length + digestLength || !text.startsWith(orgId)) return undefined
  const digest = text.slice(orgId.length)
  return /^[0-9a-fA-F]{64}$/.test(digest) ? digest.toLowerCase() : undefined
}
