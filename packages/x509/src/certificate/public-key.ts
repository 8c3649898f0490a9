import {
  close,
  failureOf,
  nextTag,
  open,
  type Reader,
  readerOf,
  skip,
  tags,
} from "../der/reader.ts"
import { absentOrNull, bitStringOctets, integer, oid } from "../der/values.ts"
import { type PssParameters, readPssParameters } from "./signature-algorithm.ts"

export type Curve = "P-256" | "P-384" | "P-521"

/** The certified key. What cannot verify anything here is `Unusable`: a fact, not a reading error. */
export type PublicKey =
  | {
      readonly _tag: "Rsa"
      /** Length of the modulus in bits; the floor belongs to path validation. */
      readonly bits: number
      /** What an RSASSA-PSS key allows itself to be used with; "any" for a plain RSA key. */
      readonly use: "any" | "pss" | PssParameters
    }
  | { readonly _tag: "Ec"; readonly curve: Curve }
  | { readonly _tag: "Ed25519" }
  | { readonly _tag: "Ed448" }
  | { readonly _tag: "Unusable"; readonly oid: string; readonly reason: string }

const curves = new Map<string, { readonly curve: Curve; readonly size: number }>([
  ["1.2.840.10045.3.1.7", { curve: "P-256", size: 32 }],
  ["1.3.132.0.34", { curve: "P-384", size: 48 }],
  ["1.3.132.0.35", { curve: "P-521", size: 66 }],
])

const readers = new Map<string, (algorithm: Reader, id: string) => KeyReader>([
  ["1.2.840.113549.1.1.1", readRsa],
  ["1.2.840.113549.1.1.10", readRsaPss],
  ["1.2.840.10045.2.1", readEc],
  ["1.3.101.112", (_, id) => (key) => edwards(id, key, 32, "Ed25519")],
  ["1.3.101.113", (_, id) => (key) => edwards(id, key, 57, "Ed448")],
])

type KeyReader = (key: Uint8Array) => PublicKey

/** Reads SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
export function readPublicKey(reader: Reader): PublicKey {
  const info = open(reader, tags.sequence, "a public key")
  const algorithm = open(info, tags.sequence, "a key algorithm")
  const id = oid(algorithm)
  const readKey = (readers.get(id) ?? unknownAlgorithm)(algorithm, id)
  close(algorithm)
  const key = readKey(bitStringOctets(info))
  close(info)
  return key
}

function unusable(id: string, reason: string): PublicKey {
  return { _tag: "Unusable", oid: id, reason }
}

function unknownAlgorithm(algorithm: Reader, id: string): KeyReader {
  if (nextTag(algorithm) !== -1) skip(algorithm)
  return () => unusable(id, "key algorithm is not accepted")
}

function readRsa(algorithm: Reader, id: string): KeyReader {
  absentOrNull(algorithm)
  return (key) => rsa(id, key, "any")
}

function readRsaPss(algorithm: Reader, id: string): KeyReader {
  if (nextTag(algorithm) === -1) return (key) => rsa(id, key, "pss")
  const parameters = readPssParameters(algorithm)
  return (key) =>
    parameters === undefined
      ? unusable(id, "RSASSA-PSS key with parameters that are not accepted")
      : rsa(id, key, parameters)
}

/** Verification time grows with the exponent; nobody issues beyond 2^32 + 1. */
const longestExponent = 5

function rsa(id: string, key: Uint8Array, use: "any" | "pss" | PssParameters): PublicKey {
  const reader = readerOf(key, { bytes: key.length, nodes: 3, depth: 2 })
  const pair = open(reader, tags.sequence, "an RSA key")
  const modulus = integer(pair)
  const exponent = integer(pair)
  close(pair)
  close(reader)
  if (failureOf(reader) !== undefined) return unusable(id, "not an RSA key")
  if (!isOddPositive(modulus) || !isOddPositive(exponent) || isOne(exponent)) {
    return unusable(id, "RSA modulus and exponent must be odd, positive and above one")
  }
  if (exponent.length > longestExponent) return unusable(id, "RSA exponent is above 40 bits")
  return { _tag: "Rsa", bits: bitLength(modulus), use }
}

function isOddPositive(octets: Uint8Array): boolean {
  return (octets[0] ?? 0x80) < 0x80 && ((octets[octets.length - 1] ?? 0) & 1) === 1
}

function isOne(octets: Uint8Array): boolean {
  return octets.length === 1 && octets[0] === 1
}

/** Of a minimal positive integer. */
function bitLength(octets: Uint8Array): number {
  const signOctets = octets[0] === 0 ? 1 : 0
  const top = octets[signOctets] ?? 0
  return (octets.length - signOctets - 1) * 8 + (32 - Math.clz32(top))
}

function readEc(algorithm: Reader, id: string): KeyReader {
  if (nextTag(algorithm) !== tags.oid) {
    if (nextTag(algorithm) !== -1) skip(algorithm)
    return () => unusable(id, "elliptic-curve parameters must name a curve")
  }
  const named = curves.get(oid(algorithm))
  return (key) => {
    if (named === undefined) return unusable(id, "curve is not accepted")
    return isPoint(key, named.size)
      ? { _tag: "Ec", curve: named.curve }
      : unusable(id, "not a point of the curve's size")
  }
}

/** SEC 1 §2.3.3: uncompressed, or compressed with either sign; whether it lies on the curve is the verifier's check. */
function isPoint(key: Uint8Array, size: number): boolean {
  if (key[0] === 0x04) return key.length === 1 + 2 * size
  return (key[0] === 0x02 || key[0] === 0x03) && key.length === 1 + size
}

function edwards(id: string, key: Uint8Array, size: number, tag: "Ed25519" | "Ed448"): PublicKey {
  return key.length === size ? { _tag: tag } : unusable(id, "key has the wrong size")
}
