import { type JsonKey, readJsonKey } from "./json-key.ts"

/** Whether an id is exactly 64 hex digits of any case, as the SHA-256 of a certificate is. */
export function isComputable(id: string): boolean {
  return /^[0-9a-f]{64}$/i.test(id)
}

/**
 * Whether a store key can be computed from public data: organisation ids and a certificate (seed S1).
 *
 * True if under any wrapping (base64 JSON with any hash function, organisation prefixes in any
 * number, one in the other) the key is a digest, or ends in the digest of `certificate`, the SHA-256
 * in hex of the certificate that the session names. A key created under one organisation from a
 * certificate id of another is found by the latter; one whose session was given another certificate
 * since, by the former.
 */
export function isComputableKey(orgId: string, key: string, certificate = ""): boolean {
  const digest = certificate.toLowerCase()
  const orgs = [orgId]
  // Ends within a few rounds: unwrapping takes away a quarter of a text of limited length.
  for (let text = key; ; ) {
    if (digest !== "" && text.toLowerCase().endsWith(digest)) return true
    if (isPrefixedDigest(orgs, text)) return true
    const json = unwrap(orgs, text)
    if (json === undefined) return false
    orgs.push(json.org)
    text = json.id
  }
}

function isPrefixedDigest(orgs: readonly string[], text: string): boolean {
  if (!isComputable(text.slice(-64))) return false
  const prefix = text.slice(0, -64)
  // 24 hex digits are an organisation to every reader of plain keys, whether or not we know it.
  return prefix === "" || /^[0-9a-f]{24}$/i.test(prefix) || orgs.some((org) => repeats(prefix, org))
}

function unwrap(orgs: readonly string[], text: string): JsonKey | undefined {
  for (const org of orgs) {
    const end = prefixLength(text, org)
    // An organisation may itself begin as JSON keys do: then its last repetition is the key's own.
    for (const start of [end - org.length, end]) {
      const json = start < 0 ? undefined : readJsonKey(text.slice(start))
      if (json !== undefined) return json
    }
  }
  return undefined
}

function repeats(text: string, org: string): boolean {
  return prefixLength(text, org) === text.length
}

function prefixLength(text: string, org: string): number {
  let length = 0
  while (org !== "" && text.startsWith(org, length)) length += org.length
  return length
}
