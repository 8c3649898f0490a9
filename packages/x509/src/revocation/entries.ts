import { close, more, nextTag, open, type Reader, tags } from "../der/reader.ts"
import { time } from "../der/time.ts"
import { count, integer } from "../der/values.ts"
import { toHex } from "../hex.ts"
import { readExtensionList } from "./extension-list.ts"

/** Revoked certificates by serial number, written as in `Certificate.serial`. */
export type Entries = ReadonlyMap<string, Entry>

/** CRLReason of delta lists, by which an entry is taken back. */
export const removeFromList = 8

export interface Entry {
  /** Epoch milliseconds. */
  readonly date: number
  /** CRLReason of RFC 5280 §5.3.1; undefined if not given. */
  readonly reason: number | undefined
}

interface ReadEntries {
  readonly entries: Entries
  readonly incomplete: string | undefined
  readonly foreign: string | undefined
}

const reasonCode = "2.5.29.21"
const invalidityDate = "2.5.29.24"
const certificateIssuer = "2.5.29.29"
const understood: ReadonlySet<string> = new Set([reasonCode, invalidityDate, certificateIssuer])

interface Found {
  incomplete: string | undefined
  foreign: string | undefined
}

/** Reads the optional `revokedCertificates` (RFC 5280 §5.1.2.6); of a repeated serial number, a revoking entry stays. */
export function readEntries(tbs: Reader, mayHaveExtensions: boolean): ReadEntries {
  const entries = new Map<string, Entry>()
  const found: Found = { incomplete: undefined, foreign: undefined }
  if (nextTag(tbs) !== tags.sequence) return { entries, ...found }
  const list = open(tbs, tags.sequence, "revoked certificates")
  while (more(list)) {
    const fields = open(list, tags.sequence, "a revoked certificate")
    const serial = toHex(integer(fields))
    const date = time(fields)
    const reason = mayHaveExtensions && more(fields) ? readReason(fields, found) : undefined
    close(fields)
    if (reason !== removeFromList || !entries.has(serial)) entries.set(serial, { date, reason })
  }
  return { entries, ...found }
}

function readReason(fields: Reader, found: Found): number | undefined {
  let reason: number | undefined
  for (const { oid, critical, value } of readExtensionList(fields)) {
    if (critical && !understood.has(oid)) found.incomplete = `critical entry extension ${oid}`
    if (oid === certificateIssuer) found.foreign = "list is indirect"
    if (oid === reasonCode) reason = count(value, tags.enumerated)
  }
  return reason
}
