import type { webcrypto } from "node:crypto"
import * as asn1js from "asn1js"
import * as pkijs from "pkijs"
import { encode, oid } from "./asn1.ts"
import { DER_NULL, sequence } from "./der-writer.ts"
import { type Hash, type Key, subtle } from "./key.ts"

export interface SigningChoice {
  /** Key to sign with instead of the issuer's: a forgery. */
  readonly signWith?: Key
  /** Default: the hash of the curve's size, SHA-256 for RSA; Edwards curves ignore it. */
  readonly signatureHash?: Hash
  /** RSA only; default PKCS1. */
  readonly signaturePadding?: "PKCS1" | "PSS"
}

export interface Signer {
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Uint8Array
  sign(data: Uint8Array): Promise<Uint8Array>
}

/** Signs with a key in the form that certificates and CRLs carry (RFC 3279, 4055, 5758, 8410). */
export function signer(issuerKey: Key, choice: SigningChoice = {}): Signer {
  const key = choice.signWith ?? issuerKey
  const hash = choice.signatureHash ?? defaultHash(key)
  if (key.kind.startsWith("Ed")) return edwards(key)
  if (key.kind.startsWith("P-")) return ecdsa(key, hash)
  return choice.signaturePadding === "PSS" ? rsaPss(key, hash) : rsaPkcs1(key, hash)
}

type Curve = "P-256" | "P-384" | "P-521"

const RSA_OIDS: Readonly<Record<Hash, string>> = {
  "SHA-1": "1.2.840.113549.1.1.5",
  "SHA-256": "1.2.840.113549.1.1.11",
  "SHA-384": "1.2.840.113549.1.1.12",
  "SHA-512": "1.2.840.113549.1.1.13",
}

const ECDSA_OIDS: Readonly<Record<Hash, string>> = {
  "SHA-1": "1.2.840.10045.4.1",
  "SHA-256": "1.2.840.10045.4.3.2",
  "SHA-384": "1.2.840.10045.4.3.3",
  "SHA-512": "1.2.840.10045.4.3.4",
}

const HASHES: Readonly<Record<Hash, { readonly oid: string; readonly octets: number }>> = {
  "SHA-1": { oid: "1.3.14.3.2.26", octets: 20 },
  "SHA-256": { oid: "2.16.840.1.101.3.4.2.1", octets: 32 },
  "SHA-384": { oid: "2.16.840.1.101.3.4.2.2", octets: 48 },
  "SHA-512": { oid: "2.16.840.1.101.3.4.2.3", octets: 64 },
}

function defaultHash(key: Key): Hash {
  if (key.kind === "P-384") return "SHA-384"
  return key.kind === "P-521" ? "SHA-512" : "SHA-256"
}

function edwards(key: Key): Signer {
  const name = key.kind
  return {
    algorithm: sequence(oid(name === "Ed448" ? "1.3.101.113" : "1.3.101.112")),
    sign: (data) => rawSign(key, { name }, { name }, data),
  }
}

function ecdsa(key: Key, hash: Hash): Signer {
  const imported = { name: "ECDSA", namedCurve: key.kind as Curve }
  return {
    algorithm: sequence(oid(ECDSA_OIDS[hash])),
    sign: async (data) => {
      const raw = await rawSign(key, imported, { name: "ECDSA", hash }, data)
      // WebCrypto gives r and s side by side; certificates carry SEQUENCE { r, s }.
      return new Uint8Array(pkijs.createCMSECDSASignature(raw.slice().buffer))
    },
  }
}

function rsaPkcs1(key: Key, hash: Hash): Signer {
  const name = "RSASSA-PKCS1-v1_5"
  return {
    algorithm: sequence(oid(RSA_OIDS[hash]), DER_NULL),
    sign: (data) => rawSign(key, { name, hash }, { name }, data),
  }
}

function rsaPss(key: Key, hash: Hash): Signer {
  const saltLength = HASHES[hash].octets
  return {
    algorithm: sequence(oid("1.2.840.113549.1.1.10"), pssParameters(hash)),
    sign: (data) => rawSign(key, { name: "RSA-PSS", hash }, { name: "RSA-PSS", saltLength }, data),
  }
}

function pssParameters(hash: Hash): Uint8Array {
  const hashAlgorithm = new pkijs.AlgorithmIdentifier({
    algorithmId: HASHES[hash].oid,
    algorithmParams: new asn1js.Null(),
  })
  const maskGenAlgorithm = new pkijs.AlgorithmIdentifier({
    algorithmId: "1.2.840.113549.1.1.8",
    algorithmParams: hashAlgorithm.toSchema(),
  })
  const saltLength = HASHES[hash].octets
  return encode(
    new pkijs.RSASSAPSSParams({ hashAlgorithm, maskGenAlgorithm, saltLength }).toSchema(),
  )
}

async function rawSign(
  key: Key,
  imported: Imported,
  algorithm: webcrypto.AlgorithmIdentifier | webcrypto.RsaPssParams | webcrypto.EcdsaParams,
  data: Uint8Array,
): Promise<Uint8Array> {
  return new Uint8Array(await subtle.sign(algorithm, await handle(key, imported), data))
}

/** WebCrypto ties a handle to one algorithm and hash; importing costs more than signing. */
function handle(key: Key, imported: Imported): Promise<webcrypto.CryptoKey> {
  const ofKey = handles.get(key) ?? new Map<string, Promise<webcrypto.CryptoKey>>()
  handles.set(key, ofKey)
  const id = JSON.stringify(imported)
  const known = ofKey.get(id) ?? subtle.importKey("pkcs8", key.pkcs8, imported, false, ["sign"])
  ofKey.set(id, known)
  return known
}

const handles = new WeakMap<Key, Map<string, Promise<webcrypto.CryptoKey>>>()

type Imported =
  | webcrypto.RsaHashedImportParams
  | webcrypto.EcKeyImportParams
  | { readonly name: string }
