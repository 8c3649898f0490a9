import { writeJsonKey } from "./json-key.ts"

const HASH_FUNCTIONS: ReadonlySet<string> = new Set(["murmur32", "murmur64", "murmur128", "sha256"])

/**
 * The key under which a record is stored; "" if the id is empty or nothing but the organisation.
 *
 * One organisation prefix is taken off the id first. Without a hash function the key is organisation
 * and id in one text, with one it is base64 JSON; an unknown function counts as `murmur64`.
 */
export function storeKey(orgId: string, id: string, hashKeyFunction: string): string {
  const bare = id.startsWith(orgId) ? id.slice(orgId.length) : id
  if (bare === "") return ""
  if (hashKeyFunction === "") return orgId + bare
  const h = HASH_FUNCTIONS.has(hashKeyFunction) ? hashKeyFunction : "murmur64"
  return writeJsonKey({ org: orgId, id: bare, h })
}
