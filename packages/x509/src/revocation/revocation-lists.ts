import type { Certificate } from "../certificate/certificate.ts"
import type { RevocationList } from "./revocation-list.ts"

/** Lists by their issuer's name, newest first, and certificates that may sign for one. */
export interface RevocationLists {
  readonly byIssuer: ReadonlyMap<string, readonly ListState[]>
  readonly signers: readonly Certificate[]
}

/** A list and the keys that its signature verified with, so that a large list is hashed once and not per client. */
export interface ListState {
  readonly list: RevocationList
  readonly verifiedBy: Uint8Array[]
}

/** Indexes lists once for many checks; `signers` are certificates of keys that sign lists and no certificates. */
export function prepareRevocationLists(
  lists: Iterable<RevocationList>,
  signers: readonly Certificate[] = [],
): RevocationLists {
  const byIssuer = new Map<string, ListState[]>()
  for (const list of lists) {
    const same = byIssuer.get(list.issuer.key)
    if (same === undefined) byIssuer.set(list.issuer.key, [{ list, verifiedBy: [] }])
    else same.push({ list, verifiedBy: [] })
  }
  for (const states of byIssuer.values()) {
    states.sort((a, b) => b.list.thisUpdate - a.list.thisUpdate)
  }
  return { byIssuer, signers }
}
