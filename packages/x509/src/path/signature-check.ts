import type { Certificate } from "../certificate/certificate.ts"
import type { PublicKey } from "../certificate/public-key.ts"
import type { SignatureAlgorithm } from "../certificate/signature-algorithm.ts"

/** One question that an examination yields; the driver answers whether the signature verifies. */
export interface SignatureCheck {
  readonly algorithm: SignatureAlgorithm
  /** SubjectPublicKeyInfo of the signer. */
  readonly spki: Uint8Array
  readonly key: PublicKey
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

interface Signed {
  readonly signatureAlgorithm: SignatureAlgorithm
  readonly tbs: Uint8Array
  readonly signature: Uint8Array
}

export function signatureCheck(signed: Signed, signer: Certificate): SignatureCheck {
  return {
    algorithm: signed.signatureAlgorithm,
    spki: signer.spki,
    key: signer.key,
    signed: signed.tbs,
    signature: signed.signature,
  }
}

/** Why `key` cannot have made a signature of `algorithm`; undefined if it can. */
export function misfit(algorithm: SignatureAlgorithm, key: PublicKey): string | undefined {
  if (algorithm._tag === "Unsupported") return `${algorithm.reason} (${algorithm.oid})`
  return fits(algorithm, key) ? undefined : "signature algorithm does not fit the issuer's key"
}

function fits(algorithm: SignatureAlgorithm, key: PublicKey): boolean {
  switch (algorithm._tag) {
    case "RsaPkcs1":
      return key._tag === "Rsa" && key.use === "any"
    case "RsaPss":
      return key._tag === "Rsa" && allowsPss(algorithm, key.use)
    case "Ecdsa":
      return key._tag === "Ec"
    default:
      return key._tag === algorithm._tag
  }
}

type Pss = Extract<SignatureAlgorithm, { _tag: "RsaPss" }>

/** RFC 4055 §3.3: a key's own parameters fix the hash and the least salt. */
function allowsPss(algorithm: Pss, use: Extract<PublicKey, { _tag: "Rsa" }>["use"]): boolean {
  if (typeof use === "string") return true
  return use.hash === algorithm.hash && use.saltLength <= algorithm.saltLength
}
