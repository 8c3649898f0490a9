import type { webcrypto } from "node:crypto"
import { toPem } from "./pem.ts"

/** `RSA-` takes any modulus length in bits, odd and weak ones included. */
export type KeyKind = "P-256" | "P-384" | "P-521" | "Ed25519" | "Ed448" | `RSA-${number}`

export type Hash = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512"

/** A key pair that can be used for any number of certificates. */
export interface Key {
  readonly kind: KeyKind
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** PKCS #8, as node:tls takes it. */
  readonly privateKeyPem: string
  readonly pkcs8: Uint8Array
}

/** Makes a new key pair; RSA takes tenths of a second, the others under a millisecond. */
export async function createKey(kind: KeyKind = "P-256"): Promise<Key> {
  const pair = await subtle.generateKey(generation(kind), true, ["sign", "verify"])
  if (!("privateKey" in pair)) throw new TypeError(`${kind} is not a key pair`)
  const pkcs8 = new Uint8Array(await subtle.exportKey("pkcs8", pair.privateKey))
  const spki = new Uint8Array(await subtle.exportKey("spki", pair.publicKey))
  return { kind, spki, pkcs8, privateKeyPem: toPem("PRIVATE KEY", pkcs8) }
}

/** The process-wide key of a kind, made on first use: for tests that need an RSA key, not a fresh one. */
export function sharedKey(kind: KeyKind): Promise<Key> {
  const known = shared.get(kind)
  if (known !== undefined) return known
  const made = createKey(kind)
  shared.set(kind, made)
  return made
}

export const subtle: webcrypto.SubtleCrypto = globalThis.crypto.subtle

const shared = new Map<KeyKind, Promise<Key>>()

function generation(kind: KeyKind): webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams {
  if (kind === "Ed25519" || kind === "Ed448") return { name: kind, namedCurve: kind }
  if (kind === "P-256" || kind === "P-384" || kind === "P-521") {
    return { name: "ECDSA", namedCurve: kind }
  }
  return {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: Number(kind.slice("RSA-".length)),
    publicExponent: Uint8Array.of(1, 0, 1),
  }
}
