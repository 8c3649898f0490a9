import { certificateId, readCertificateId } from "@countersign/x509"
import type { CertificateReference } from "../definition/api-definition.ts"
import type { FileReading } from "../file-reader.ts"
import { type Place, problem, type Report, shown } from "../problem.ts"
import { type CertificateEntry, readEntry } from "./entry.ts"
import type { CertificateStore } from "./store.ts"

/** Who asks: one organisation, or the gateway for all of them. */
export type Owner = { readonly orgId: string } | "gateway"

/** Reads a file that a reference names. */
export type ReadReferenced = (
  reference: CertificateReference,
  owner: Owner,
) => FileReading<CertificateEntry>

/** An entry of an allow list and where it is listed. */
export interface ListedEntry {
  readonly entry: CertificateEntry
  readonly place: Place
}

/**
 * Finds the certificate that an entry of an allow list stands for: PEM, the id of a stored certificate, or
 * a file; undefined where there is none, with the reason reported.
 *
 * What looks like an id is never taken for a file.
 */
export function resolveReference(
  reference: CertificateReference,
  owner: Owner,
  store: CertificateStore,
  read: ReadReferenced,
  report: Report,
): ListedEntry | undefined {
  const entry = find(reference, owner, store, read, report)
  return entry === undefined ? undefined : { entry, place: reference.place }
}

function find(
  reference: CertificateReference,
  owner: Owner,
  store: CertificateStore,
  read: ReadReferenced,
  report: Report,
): CertificateEntry | undefined {
  const { text, place } = reference
  if (text.includes("-----BEGIN ")) return readEntry(text, place, report)
  if (/[0-9a-fA-F]{64}$/.test(text)) return storedEntry(reference, owner, store, report)
  if (text.trim() === "") {
    report(problem("allow_list.unresolved", place, "the entry is empty", "remove it"))
    return undefined
  }
  const { value, problems } = read(reference, owner)
  problems.forEach(report)
  return value
}

function storedEntry(
  { text, place }: CertificateReference,
  owner: Owner,
  store: CertificateStore,
  report: Report,
): CertificateEntry | undefined {
  const digest = text.slice(-64).toLowerCase()
  const id = certificateId(text.slice(0, -64), digest)
  const isOwn = owner === "gateway" || readCertificateId(text, owner.orgId) !== undefined
  const entry = isOwn && store.ids.has(id) ? store.bySha256.get(digest) : undefined
  if (entry !== undefined) return entry
  const message = isOwn
    ? `no certificate with the id \`${shown(text, 110)}\` is stored`
    : `\`${shown(text, 110)}\` is not an id of this API's organisation`
  const remedy = isOwn
    ? "put the certificate into the folder `certs`, or remove the entry"
    : "write the organisation's id followed by the SHA-256 of the certificate"
  report(problem("allow_list.unresolved", place, message, remedy))
  return undefined
}
