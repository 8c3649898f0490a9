import type { Name } from "../certificate/name.ts"
import { readName } from "../certificate/name.ts"
import {
  readSignatureAlgorithm,
  type SignatureAlgorithm,
} from "../certificate/signature-algorithm.ts"
import type { DerLimits } from "../der/limits.ts"
import {
  bytesSince,
  close,
  fail,
  failureOf,
  nextTag,
  open,
  type Reader,
  readerOf,
  tags,
} from "../der/reader.ts"
import { time } from "../der/time.ts"
import { bitStringOctets, count } from "../der/values.ts"
import { equalBytes } from "../equal-bytes.ts"
import type { Malformed } from "../malformed.ts"
import { type Entries, readEntries } from "./entries.ts"
import { revocationListLimits } from "./limits.ts"
import { readListExtensions, type Scope } from "./list-extensions.ts"

/** What a certificate revocation list says, strictly read and not yet believed. */
export interface RevocationList {
  readonly _tag: "RevocationList"
  /** The signed part. */
  readonly tbs: Uint8Array
  readonly issuer: Name
  /** Epoch milliseconds. */
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  /** Lower-case hexadecimal. */
  readonly authorityKeyIdentifier: string | undefined
  readonly entries: Entries
  /** Which certificates of the issuer it speaks about. */
  readonly scope: Scope
  /** Why it cannot show that a certificate is not revoked; undefined if it can. An entry revokes in any case. */
  readonly incomplete: string | undefined
  /** Why even its entries say nothing about the issuer's certificates; undefined if they do. */
  readonly foreign: string | undefined
}

/** Reads one list of RFC 5280 §5.1 in strict DER; total: hostile bytes give `Malformed`. */
export function readRevocationList(
  der: Uint8Array,
  limits: Partial<DerLimits> = {},
): RevocationList | Malformed {
  const all = { ...revocationListLimits, ...limits }
  const bytes = new Uint8Array(der.length > all.bytes ? der.subarray(0, all.bytes + 1) : der)
  const reader = readerOf(bytes, all)
  const list = readWhole(reader)
  return failureOf(reader) ?? list
}

function readWhole(reader: Reader): RevocationList {
  const outer = open(reader, tags.sequence, "a revocation list")
  close(reader)
  const start = outer.at
  const tbs = open(outer, tags.sequence, "a TBSCertList")
  const tbsBytes = bytesSince(outer, start)
  const { algorithmBytes, ...facts } = readTbs(tbs)
  const algorithmAt = outer.at
  readSignatureAlgorithm(outer)
  if (!equalBytes(algorithmBytes, bytesSince(outer, algorithmAt))) {
    fail(outer, "inner and outer signature algorithm differ", algorithmAt)
  }
  const signature = bitStringOctets(outer)
  close(outer)
  return { _tag: "RevocationList", tbs: tbsBytes, signature, ...facts }
}

type TbsFacts = Omit<RevocationList, "_tag" | "tbs" | "signature"> & {
  readonly algorithmBytes: Uint8Array
}

function readTbs(tbs: Reader): TbsFacts {
  const isSecondVersion = nextTag(tbs) === tags.integer
  if (isSecondVersion && count(tbs) !== 1) fail(tbs, "unknown version")
  const algorithmAt = tbs.at
  const signatureAlgorithm = readSignatureAlgorithm(tbs)
  const algorithmBytes = bytesSince(tbs, algorithmAt)
  const issuer = readName(tbs)
  const thisUpdate = time(tbs)
  const nextUpdate = isTime(nextTag(tbs)) ? time(tbs) : undefined
  const entries = readEntries(tbs, isSecondVersion)
  if (!isSecondVersion && nextTag(tbs) !== -1) fail(tbs, "extensions need version 2")
  const extensions = readListExtensions(tbs)
  close(tbs)
  return {
    issuer,
    thisUpdate,
    nextUpdate,
    signatureAlgorithm,
    algorithmBytes,
    authorityKeyIdentifier: extensions.authorityKeyIdentifier,
    entries: entries.entries,
    scope: extensions.scope,
    incomplete: extensions.incomplete ?? entries.incomplete ?? timeless(nextUpdate),
    foreign: extensions.foreign ?? entries.foreign,
  }
}

/** RFC 5280 §5.1.2.5 requires nextUpdate; without it a list would stay fresh for ever. */
function timeless(nextUpdate: number | undefined): string | undefined {
  return nextUpdate === undefined ? "nextUpdate is missing" : undefined
}

function isTime(tag: number): boolean {
  return tag === tags.utcTime || tag === tags.generalizedTime
}
