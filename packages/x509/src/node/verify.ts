import { constants, createPublicKey, type KeyObject, verify as verifySignature } from "node:crypto"
import type { Hash } from "../certificate/signature-algorithm.ts"
import type { SignatureCheck } from "../path/signature-check.ts"
import { jwkOf } from "./jwk.ts"
import { createKeyCache } from "./key-cache.ts"

const keys = createKeyCache()
const hashes: Readonly<Record<Hash, string>> = {
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
}

/** Runs an examination on node:crypto to its end; a signature that the platform cannot check does not verify. */
export function verify<A>(examination: Generator<SignatureCheck, A, boolean>): A {
  let next = examination.next()
  while (next.done !== true) next = examination.next(isVerified(next.value))
  return next.value
}

/** Whether one signature verifies; never throws. */
export function isVerified(check: SignatureCheck): boolean {
  const { algorithm, signed, signature } = check
  try {
    const key = keys.get(check.spki, () => importKey(check))
    switch (algorithm._tag) {
      case "RsaPkcs1":
        return verifySignature(hashes[algorithm.hash], signed, key, signature)
      case "RsaPss": {
        const padding = constants.RSA_PKCS1_PSS_PADDING
        const { saltLength } = algorithm
        return verifySignature(
          hashes[algorithm.hash],
          signed,
          { key, padding, saltLength },
          signature,
        )
      }
      case "Ecdsa":
        return verifySignature(hashes[algorithm.hash], signed, key, signature)
      case "Ed25519":
      case "Ed448":
        return verifySignature(null, signed, key, signature)
      case "Unsupported":
        return false
    }
  } catch {
    return false
  }
}

function importKey({ spki, key }: SignatureCheck): KeyObject {
  const jwk = jwkOf(spki, key)
  if (jwk !== undefined) return createPublicKey({ key: jwk, format: "jwk" })
  return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" })
}
