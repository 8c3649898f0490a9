import { type Anchors, type Certificate, prepareAnchors } from "@countersign/x509"
import type { ListedEntry } from "./certificates/resolve.ts"

/** What the certificates of an API's clients may chain to; one object for all APIs with the same. */
export interface Trust {
  readonly anchors: Anchors
  /** Path material that clients need not send: what stands behind the first certificate of an entry. */
  readonly intermediates: readonly Certificate[]
  readonly lists: "none"
}

/** Finds or makes the trust of an allow list; undefined where it has no authority. */
export type TrustOf = (entries: readonly ListedEntry[]) => Trust | undefined

export interface TrustPool {
  readonly trustOf: TrustOf
  /** Forgets what is not in use. */
  readonly prune: (used: ReadonlySet<Trust>) => void
}

/** A trust is what guards remember paths by: as long as its certificates are the same, so is the object. */
export function createTrustPool(): TrustPool {
  const pool = new Map<string, Trust>()
  const trustOf: TrustOf = (entries) => {
    const authorities = entries.filter(({ entry }) => entry.isAuthority)
    if (authorities.length === 0) return undefined
    const anchors = new Map(authorities.map(({ entry }) => [entry.sha256, entry.certificate]))
    const material = entries.flatMap(({ entry }) => entry.others)
    const intermediates = new Map(material.map((one) => [one.sha256, one.certificate]))
    const key = [[...anchors.keys()].sort().join(), [...intermediates.keys()].sort().join()].join(
      "|",
    )
    const known = pool.get(key)
    if (known !== undefined) return known
    const trust: Trust = {
      anchors: prepareAnchors([...anchors].map(([id, certificate]) => ({ id, certificate }))),
      intermediates: [...intermediates.values()],
      lists: "none",
    }
    pool.set(key, trust)
    return trust
  }
  const prune = (used: ReadonlySet<Trust>): void => {
    for (const [key, trust] of pool) if (!used.has(trust)) pool.delete(key)
  }
  return { trustOf, prune }
}
