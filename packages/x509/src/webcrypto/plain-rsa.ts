/** AlgorithmIdentifier of rsaEncryption (RFC 3279 §2.3.1). */
const rsaEncryption = [
  0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
]

/** Puts a key that is labelled for RSASSA-PSS under the plain RSA label, the only one that WebCrypto imports. */
export function plainRsaSpki(spki: Uint8Array): Uint8Array<ArrayBuffer> {
  const outer = headerLength(spki, 0)
  const algorithm = headerLength(spki, outer) + contentLength(spki, outer)
  const key = spki.subarray(outer + algorithm)
  const body = rsaEncryption.length + key.length
  return Uint8Array.from([0x30, 0x82, body >> 8, body & 0xff, ...rsaEncryption, ...key])
}

function headerLength(der: Uint8Array, at: number): number {
  const first = der[at + 1] ?? 0
  return first < 0x80 ? 2 : 2 + (first & 0x7f)
}

function contentLength(der: Uint8Array, at: number): number {
  const header = headerLength(der, at)
  if (header === 2) return der[at + 1] ?? 0
  return der.subarray(at + 2, at + header).reduce((length, octet) => length * 256 + octet, 0)
}
