import { certificateLimits, type DerLimits } from "../der/limits.ts"
import {
  bytesSince,
  close,
  contextTag,
  fail,
  failureOf,
  nextTag,
  open,
  type Reader,
  readerOf,
  tags,
} from "../der/reader.ts"
import { time } from "../der/time.ts"
import { bitString, bitStringOctets, count, integer } from "../der/values.ts"
import { equalBytes } from "../equal-bytes.ts"
import { toHex } from "../hex.ts"
import type { Malformed } from "../malformed.ts"
import { type Extensions, readExtensions } from "./extensions.ts"
import { type Name, readName } from "./name.ts"
import { type PublicKey, readPublicKey } from "./public-key.ts"
import { readSignatureAlgorithm, type SignatureAlgorithm } from "./signature-algorithm.ts"

/** What a certificate says, strictly read and not yet believed. */
export interface Certificate {
  readonly _tag: "Certificate"
  /** A private copy of the input: the bytes a fingerprint is made of. */
  readonly der: Uint8Array
  /** The signed part. */
  readonly tbs: Uint8Array
  readonly version: 1 | 2 | 3
  /** Hexadecimal contents octets of the INTEGER, as written: a sign octet 00 may lead. */
  readonly serial: string
  readonly issuer: Name
  readonly subject: Name
  readonly validity: Validity
  /** SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  readonly key: PublicKey
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly signature: Uint8Array
  readonly extensions: Extensions
}

/** Both ends inclusive, epoch milliseconds holding whole seconds; an interval that ends before it begins is kept. */
export interface Validity {
  readonly notBefore: number
  readonly notAfter: number
}

/**
 * Reads one certificate of RFC 5280 §4.1 in strict DER; total: hostile bytes give `Malformed`.
 *
 * Refused are BER forms, trailing bytes, encoded defaults, repeated extensions, known extensions that do not
 * decode, and a signature algorithm that is named twice differently. What only breaks a rule of issuance
 * (serial number zero, a missing identifier, a weak key) is read, because judging it is validation's work.
 */
export function readCertificate(
  der: Uint8Array,
  limits: Partial<DerLimits> = {},
): Certificate | Malformed {
  const reader = readerOf(copyWithin(der, limits.bytes), { ...certificateLimits, ...limits })
  const certificate = readWhole(reader)
  return failureOf(reader) ?? certificate
}

/** Copied so that the caller's buffer, often a slice of a pool, can neither change the facts nor be kept alive. */
function copyWithin(der: Uint8Array, limit: number = certificateLimits.bytes): Uint8Array {
  return new Uint8Array(der.length > limit ? der.subarray(0, limit + 1) : der)
}

function readWhole(reader: Reader): Certificate {
  const outer = open(reader, tags.sequence, "a certificate")
  close(reader)
  const start = outer.at
  const tbs = open(outer, tags.sequence, "a TBSCertificate")
  const tbsBytes = bytesSince(outer, start)
  const facts = readTbs(tbs)
  const algorithmAt = outer.at
  readSignatureAlgorithm(outer)
  if (!equalBytes(facts.algorithmBytes, bytesSince(outer, algorithmAt))) {
    fail(outer, "inner and outer signature algorithm differ", algorithmAt)
  }
  const signature = bitStringOctets(outer)
  close(outer)
  const { algorithmBytes: _, ...rest } = facts
  return { _tag: "Certificate", der: reader.source.bytes, tbs: tbsBytes, signature, ...rest }
}

type TbsFacts = Omit<Certificate, "_tag" | "der" | "tbs" | "signature"> & {
  readonly algorithmBytes: Uint8Array
}

function readTbs(tbs: Reader): TbsFacts {
  const version = readVersion(tbs)
  const serial = toHex(integer(tbs))
  const algorithmAt = tbs.at
  const signatureAlgorithm = readSignatureAlgorithm(tbs)
  const algorithmBytes = bytesSince(tbs, algorithmAt)
  const issuer = readName(tbs)
  const validity = readValidity(tbs)
  const subject = readName(tbs)
  const spkiAt = tbs.at
  const key = readPublicKey(tbs)
  const spki = bytesSince(tbs, spkiAt)
  readUniqueId(tbs, 1, version)
  readUniqueId(tbs, 2, version)
  if (version < 3 && nextTag(tbs) !== -1) fail(tbs, "extensions need version 3")
  const extensions = readExtensions(tbs)
  close(tbs)
  return {
    version,
    serial,
    issuer,
    subject,
    validity,
    spki,
    key,
    signatureAlgorithm,
    extensions,
    algorithmBytes,
  }
}

const versionTag = contextTag(0, "constructed")

function readVersion(tbs: Reader): 1 | 2 | 3 {
  if (nextTag(tbs) !== versionTag) return 1
  const at = tbs.at
  const tagged = open(tbs, versionTag, "a version")
  const encoded = count(tagged)
  close(tagged)
  if (encoded === 0) fail(tbs, "default value is encoded", at)
  if (encoded > 2) fail(tbs, "unknown version", at)
  return encoded === 1 ? 2 : 3
}

function readValidity(tbs: Reader): Validity {
  const pair = open(tbs, tags.sequence, "a validity")
  const notBefore = time(pair)
  const notAfter = time(pair)
  close(pair)
  return { notBefore, notAfter }
}

/** RFC 5280 §4.1.2.8: in version 2 or 3 only; its value is not used. */
function readUniqueId(tbs: Reader, n: number, version: number): void {
  const tag = contextTag(n, "primitive")
  if (nextTag(tbs) !== tag) return
  if (version === 1) fail(tbs, "unique identifiers need version 2")
  bitString(tbs, tag)
}
