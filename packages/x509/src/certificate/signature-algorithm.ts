import { close, contextTag, nextTag, open, type Reader, skip, tags } from "../der/reader.ts"
import { absentOrNull, count, oid } from "../der/values.ts"

export type Hash = "SHA-256" | "SHA-384" | "SHA-512"

export interface PssParameters {
  readonly hash: Hash
  readonly saltLength: number
}

/** How a certificate or a CRL is signed; everything outside this closed set is `Unsupported`, with the reason. */
export type SignatureAlgorithm =
  | { readonly _tag: "RsaPkcs1"; readonly hash: Hash }
  | ({ readonly _tag: "RsaPss" } & PssParameters)
  | { readonly _tag: "Ecdsa"; readonly hash: Hash }
  | { readonly _tag: "Ed25519" }
  | { readonly _tag: "Ed448" }
  | { readonly _tag: "Unsupported"; readonly oid: string; readonly reason: string }

const hashes = new Map<string, Hash>([
  ["2.16.840.1.101.3.4.2.1", "SHA-256"],
  ["2.16.840.1.101.3.4.2.2", "SHA-384"],
  ["2.16.840.1.101.3.4.2.3", "SHA-512"],
])

/** The algorithms whose AlgorithmIdentifier has no choice in it. */
const fixed = new Map<string, SignatureAlgorithm>([
  ["1.2.840.113549.1.1.11", { _tag: "RsaPkcs1", hash: "SHA-256" }],
  ["1.2.840.113549.1.1.12", { _tag: "RsaPkcs1", hash: "SHA-384" }],
  ["1.2.840.113549.1.1.13", { _tag: "RsaPkcs1", hash: "SHA-512" }],
  ["1.2.840.10045.4.3.2", { _tag: "Ecdsa", hash: "SHA-256" }],
  ["1.2.840.10045.4.3.3", { _tag: "Ecdsa", hash: "SHA-384" }],
  ["1.2.840.10045.4.3.4", { _tag: "Ecdsa", hash: "SHA-512" }],
  ["1.3.101.112", { _tag: "Ed25519" }],
  ["1.3.101.113", { _tag: "Ed448" }],
])

const pss = "1.2.840.113549.1.1.10"
const mgf1 = "1.2.840.113549.1.1.8"

/** Reads an AlgorithmIdentifier; parameters that RFC 4055, 5758 or 8410 does not allow make it Malformed. */
export function readSignatureAlgorithm(reader: Reader): SignatureAlgorithm {
  const inner = open(reader, tags.sequence, "a signature algorithm")
  const id = oid(inner)
  const algorithm = id === pss ? readPss(inner) : (fixed.get(id) ?? unsupported(inner, id))
  if (algorithm._tag === "RsaPkcs1") absentOrNull(inner)
  close(inner)
  return algorithm
}

function unsupported(inner: Reader, id: string): SignatureAlgorithm {
  if (nextTag(inner) !== -1) skip(inner)
  return { _tag: "Unsupported", oid: id, reason: "algorithm is not accepted" }
}

function readPss(inner: Reader): SignatureAlgorithm {
  const parameters = readPssParameters(inner)
  if (parameters !== undefined) return { _tag: "RsaPss", ...parameters }
  return {
    _tag: "Unsupported",
    oid: pss,
    reason: "RSASSA-PSS needs one SHA-2 hash, also in its mask",
  }
}

/** RSASSA-PSS-params (RFC 4055 §3.1); undefined unless hash and mask hash are the same SHA-2. */
export function readPssParameters(reader: Reader): PssParameters | undefined {
  const fields = open(reader, tags.sequence, "RSASSA-PSS parameters")
  const hash = explicit(fields, 0, hashAlgorithm)
  const maskHash = explicit(fields, 1, maskAlgorithm)
  const saltLength = explicit(fields, 2, count)
  const trailer = explicit(fields, 3, count)
  close(fields)
  if (hash === undefined || hash !== maskHash || trailer !== undefined) return undefined
  return { hash, saltLength: saltLength ?? 20 }
}

function explicit<A>(reader: Reader, n: number, read: (inner: Reader) => A): A | undefined {
  const tag = contextTag(n, "constructed")
  if (nextTag(reader) !== tag) return undefined
  const inner = open(reader, tag, "a parameter")
  const value = read(inner)
  close(inner)
  return value
}

function hashAlgorithm(reader: Reader): Hash | undefined {
  const inner = open(reader, tags.sequence, "a hash algorithm")
  const hash = hashes.get(oid(inner))
  absentOrNull(inner)
  close(inner)
  return hash
}

function maskAlgorithm(reader: Reader): Hash | undefined {
  const inner = open(reader, tags.sequence, "a mask algorithm")
  if (oid(inner) !== mgf1) {
    skip(inner)
    return undefined
  }
  const hash = hashAlgorithm(inner)
  close(inner)
  return hash
}
