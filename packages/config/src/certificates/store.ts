import { certificateId } from "@countersign/x509"
import type { Place } from "../problem.ts"
import type { CertificateEntry } from "./entry.ts"

/** A certificate that counts as stored. */
export interface StoredCertificate {
  readonly entry: CertificateEntry
  readonly place: Place
  /** The organisation it is stored for; undefined for every one. */
  readonly orgId: string | undefined
}

/** The certificates that count as stored. */
export interface CertificateStore {
  /** Organisation id followed by SHA-256. */
  readonly ids: ReadonlySet<string>
  readonly bySha256: ReadonlyMap<string, CertificateEntry>
}

/** Finds or makes the store of some certificates: the same object as long as they are the same. */
export type StoreOf = (
  stored: readonly StoredCertificate[],
  organisations: ReadonlySet<string>,
) => CertificateStore

/** Remembers the last store, so that what was compiled against it need not be compiled again. */
export function rememberStore(): StoreOf {
  let last: CertificateStore = { ids: new Set(), bySha256: new Map() }
  return (stored, organisations) => {
    const next = certificateStore(stored, organisations)
    if (!isSame(last, next)) last = next
    return last
  }
}

/** Stores certificates under the ids of their organisations; those of none, under those of all. */
function certificateStore(
  stored: readonly StoredCertificate[],
  organisations: ReadonlySet<string>,
): CertificateStore {
  const ids = new Set<string>()
  const bySha256 = new Map<string, CertificateEntry>()
  for (const { entry, orgId } of stored) {
    bySha256.set(entry.sha256, entry)
    const orgs = orgId === undefined ? organisations : [orgId]
    for (const org of orgs) ids.add(certificateId(org, entry.sha256))
  }
  return { ids, bySha256 }
}

function isSame(a: CertificateStore, b: CertificateStore): boolean {
  if (a.ids.size !== b.ids.size || a.bySha256.size !== b.bySha256.size) return false
  for (const id of b.ids) if (!a.ids.has(id)) return false
  for (const [sha256, entry] of b.bySha256) if (a.bySha256.get(sha256) !== entry) return false
  return true
}
