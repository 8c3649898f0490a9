import { readJsonKey } from "./json-key.ts"

/** The one form of every spelling of a record's key. */
export type CanonicalKey = { readonly orgId: string; readonly id: string }

/**
 * Organisation and id of a store key, whatever its spelling: plain, prefixed or base64 JSON.
 *
 * `orgId` is the record's organisation; a JSON key that names another keeps that. One prefix is
 * removed, as `storeKey` writes one. Two records of a store with one canonical form are a fault of
 * that store: they can be told apart only by the hash function that wrote them.
 */
export function canonicalKey(orgId: string, key: string): CanonicalKey {
  const json = readJsonKey(key)
  if (json !== undefined && json.id !== "") return { orgId: json.org, id: json.id }
  const prefixed = key.length > orgId.length && key.startsWith(orgId)
  return { orgId, id: prefixed ? key.slice(orgId.length) : key }
}
