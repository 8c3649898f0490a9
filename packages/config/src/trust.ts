import { type Anchors, type Certificate, prepareAnchors } from "@countersign/x509"
import type { RevocationLists } from "@countersign/x509/revocation"
import type { ListedEntry } from "./certificates/resolve.ts"

/** What the certificates of an API's clients may chain to; one object for all APIs with the same. */
export interface Trust {
  readonly anchors: Anchors
  /** Path material that clients need not send: what stands behind the first certificate of an entry. */
  readonly intermediates: readonly Certificate[]
  readonly lists: RevocationLists | "none"
}

/**
 * Finds or makes the trust of an allow list; undefined where it has no authority and `lists` are none: with
 * lists there is something to know of a certificate that nobody in the list signed.
 */
export type TrustOf = (
  entries: readonly ListedEntry[],
  lists: RevocationLists | "none",
) => Trust | undefined

export interface TrustPool {
  readonly trustOf: TrustOf
  /** Forgets what is not in use. */
  readonly prune: (used: ReadonlySet<Trust>) => void
}

/** A trust is what guards remember paths by: as long as certificates and lists are the same, so is it. */
export function createTrustPool(): TrustPool {
  const pool = new Map<string, Trust>()
  const generationOf = createGenerations()
  const trustOf: TrustOf = (entries, lists) => {
    const authorities = entries.filter(({ entry }) => entry.isAuthority)
    if (authorities.length === 0 && lists === "none") return undefined
    const anchors = new Map(authorities.map(({ entry }) => [entry.sha256, entry.certificate]))
    const material = anchors.size === 0 ? [] : entries.flatMap(({ entry }) => entry.others)
    const intermediates = new Map(material.map((one) => [one.sha256, one.certificate]))
    const sorted = [anchors, intermediates].map((all) => [...all.keys()].sort().join())
    const key = [generationOf(lists), ...sorted].join("|")
    const known = pool.get(key)
    if (known !== undefined) return known
    const trust: Trust = {
      anchors: prepareAnchors([...anchors].map(([id, certificate]) => ({ id, certificate }))),
      intermediates: [...intermediates.values()],
      lists,
    }
    pool.set(key, trust)
    return trust
  }
  const prune = (used: ReadonlySet<Trust>): void => {
    for (const [key, trust] of pool) if (!used.has(trust)) pool.delete(key)
  }
  return { trustOf, prune }
}

/** Numbers lists, so that changed ones make new trusts. */
function createGenerations(): (lists: RevocationLists | "none") => number {
  const generations = new WeakMap<RevocationLists, number>()
  let last = 0
  return (lists) => {
    if (lists === "none") return 0
    const known = generations.get(lists)
    if (known !== undefined) return known
    last += 1
    generations.set(lists, last)
    return last
  }
}
