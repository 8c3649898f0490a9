import { storeKey } from "./store-key.ts"
import { claimsOrg } from "./token-parts.ts"

export type KeySpellingsInput = {
  /** The organisation of the API that is asked. */
  readonly orgId: string
  /** The key as presented, without `Bearer `. */
  readonly key: string
  /** `hash_key_function`; "" = legacy keys. */
  readonly hashKeyFunction: string
  /** Takes presented keys literally: no key is built from the organisation and the presented text. */
  readonly disableKeyActionsByUsername?: boolean | undefined
  /** `hash_key_function_fallback`: earlier hash functions, in the order to try. */
  readonly fallback?: readonly string[] | undefined
}

/**
 * The store keys under which a presented key may be stored, in the order to try them, none twice.
 *
 * A key that claims the API's organisation is taken literally. Any other is tried as built from the
 * organisation, then literally, then as built with each earlier hash function.
 */
export function keySpellings(input: KeySpellingsInput): readonly string[] {
  const { orgId, key } = input
  if (key === "") return []
  if (claimsOrg(key, orgId) || input.disableKeyActionsByUsername) return [key]
  const built = (hashKeyFunction: string): string => storeKey(orgId, key, hashKeyFunction)
  const keys = [built(input.hashKeyFunction), key, ...(input.fallback ?? []).map(built)]
  return [...new Set(keys)].filter((spelling) => spelling !== "")
}

/** Whether a key is long enough to be looked up, in UTF-16 units; a minimum of 0 means 3. */
export function longEnough(key: string, minTokenLength = 0): boolean {
  return key.length >= (minTokenLength || 3)
}
