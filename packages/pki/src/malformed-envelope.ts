import { oid } from "./asn1.ts"
import { children, contentOf, indefinite, nonMinimal, spliceAt } from "./der-splice.ts"
import { bitString, concat, DER_NULL, sequence } from "./der-writer.ts"

type Change = (der: Uint8Array) => Uint8Array

/** What can be wrong around a signed body: the signature still fits it, or is what is wrong. */
export const MALFORMED_ENVELOPES = {
  "trailing-bytes": (der) => concat([der, DER_NULL]),
  truncated: (der) => der.slice(0, -1),
  "non-minimal-length": nonMinimal,
  "indefinite-length": indefinite,
  "fourth-element": (der) => sequence(...children(der), DER_NULL),
  "other-outer-algorithm": (der) => spliceAt(der, [ALGORITHM], otherAlgorithm),
  "wrong-signature": (der) => changeSignature(der, flipLastBit),
  "empty-signature": (der) => changeSignature(der, () => bitString(new Uint8Array())),
  "unused-signature-bits": (der) =>
    changeSignature(der, (signature) => bitString(contentOf(signature).subarray(1), 1)),
} as const satisfies Record<string, Change>

const ALGORITHM = 1
const SIGNATURE = 2

function changeSignature(der: Uint8Array, change: Change): Uint8Array {
  return spliceAt(der, [SIGNATURE], change)
}

function otherAlgorithm(algorithm: Uint8Array): Uint8Array {
  const sha256 = sequence(oid("1.2.840.10045.4.3.2"))
  const sha384 = sequence(oid("1.2.840.10045.4.3.3"))
  return Buffer.compare(algorithm, sha256) === 0 ? sha384 : sha256
}

function flipLastBit(element: Uint8Array): Uint8Array {
  return element.with(-1, (element.at(-1) ?? 0) ^ 1)
}
