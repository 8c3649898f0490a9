import { isJsonLike, readJsonKey } from "./json-key.ts"

/**
 * The organisation that a key claims for itself; "" if it claims none.
 *
 * It is the member `org` of a JSON key, or the first 24 characters of a longer key if they are hex.
 */
export function tokenOrg(key: string): string {
  const org = readJsonKey(key)?.org
  if (org) return org
  return key.length > PREFIX && HEX.test(key) ? key.slice(0, PREFIX) : ""
}

/** Whether `tokenOrg` of a key is this organisation; mostly without looking at the key's own digits. */
export function claimsOrg(key: string, orgId: string): boolean {
  if (orgId.length !== PREFIX || isJsonLike(key)) return tokenOrg(key) === orgId
  return key.length > PREFIX && key.slice(0, PREFIX) === orgId && HEX.test(orgId)
}

const PREFIX = 24
const HEX = /^[0-9a-f]{24}/i

/** The member `id` of a JSON key; "" for a key of another form. */
export function tokenId(key: string): string {
  return readJsonKey(key)?.id ?? ""
}

/** The hash function that a JSON key names; "" for a key of another form. */
export function tokenHashFunction(key: string): string {
  return readJsonKey(key)?.h ?? ""
}
