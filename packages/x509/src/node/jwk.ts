import type { JsonWebKey } from "node:crypto"
import type { Curve, PublicKey } from "../certificate/public-key.ts"
import { failureOf, open, readerOf, skip, tags } from "../der/reader.ts"
import { bitStringOctets, integer } from "../der/values.ts"

const sizes: Readonly<Record<Curve, number>> = { "P-256": 32, "P-384": 48, "P-521": 66 }

/**
 * A key that has been read, as JWK (RFC 7517, 8037): OpenSSL's decoder of SubjectPublicKeyInfo takes up to
 * thirty times as long. Undefined for what JWK cannot say: compressed points and keys made for PSS alone.
 */
export function jwkOf(spki: Uint8Array, key: PublicKey): JsonWebKey | undefined {
  const octets = keyOctets(spki)
  switch (key._tag) {
    case "Ec":
      return pointOf(octets, key.curve)
    case "Rsa":
      return key.use === "any" ? rsaOf(octets) : undefined
    case "Ed25519":
    case "Ed448":
      return { kty: "OKP", crv: key._tag, x: base64url(octets) }
    case "Unusable":
      return undefined
  }
}

function keyOctets(spki: Uint8Array): Uint8Array {
  const info = open(readerOf(spki, { bytes: spki.length, nodes: 8, depth: 4 }), tags.sequence, "")
  skip(info)
  return bitStringOctets(info)
}

/** SEC 1 §2.3.3: 04, and both coordinates. */
function pointOf(point: Uint8Array, crv: Curve): JsonWebKey | undefined {
  const size = sizes[crv]
  if (point[0] !== 0x04 || point.length !== 1 + 2 * size) return undefined
  const [x, y] = [point.subarray(1, 1 + size), point.subarray(1 + size)]
  return { kty: "EC", crv, x: base64url(x), y: base64url(y) }
}

function rsaOf(key: Uint8Array): JsonWebKey | undefined {
  const reader = readerOf(key, { bytes: key.length, nodes: 3, depth: 2 })
  const pair = open(reader, tags.sequence, "an RSA key")
  const [n, e] = [integer(pair), integer(pair)]
  if (failureOf(reader) !== undefined) return undefined
  return { kty: "RSA", n: base64url(n), e: base64url(e) }
}

function base64url(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString("base64url")
}
