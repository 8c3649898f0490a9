import { certificateId } from "@countersign/x509"
import type { Place } from "../problem.ts"
import type { CertificateEntry } from "./entry.ts"

/** A certificate of the folder. */
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

/** Stores certificates under the ids of their organisations; those of none, under those of all. */
export function certificateStore(
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
