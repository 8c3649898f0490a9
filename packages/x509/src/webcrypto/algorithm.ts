import type { PublicKey } from "../certificate/public-key.ts"
import type { SignatureAlgorithm } from "../certificate/signature-algorithm.ts"
import type { ImportAlgorithm, VerifyAlgorithm } from "./subtle.ts"

export interface Algorithms {
  readonly forImport: ImportAlgorithm
  readonly forVerify: VerifyAlgorithm
}

/** WebCrypto's names for an algorithm and a key; undefined if it has none. */
export function algorithmsOf(
  algorithm: SignatureAlgorithm,
  key: PublicKey,
): Algorithms | undefined {
  switch (algorithm._tag) {
    case "RsaPkcs1":
      return rsa("RSASSA-PKCS1-v1_5", algorithm.hash)
    case "RsaPss": {
      const { hash, saltLength } = algorithm
      return { forImport: { name: "RSA-PSS", hash }, forVerify: { name: "RSA-PSS", saltLength } }
    }
    case "Ecdsa":
      if (key._tag !== "Ec") return undefined
      return {
        forImport: { name: "ECDSA", namedCurve: key.curve },
        forVerify: { name: "ECDSA", hash: algorithm.hash },
      }
    case "Ed25519":
    case "Ed448":
      return { forImport: { name: algorithm._tag }, forVerify: { name: algorithm._tag } }
    case "Unsupported":
      return undefined
  }
}

function rsa(name: string, hash: string): Algorithms {
  return { forImport: { name, hash }, forVerify: { name } }
}
