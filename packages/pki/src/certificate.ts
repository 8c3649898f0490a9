import { integer } from "./asn1.ts"
import { bitString, sequence, tlv } from "./der-writer.ts"
import { type Extension, encodeExtension } from "./extension.ts"
import type { Key } from "./key.ts"
import { subtle } from "./key.ts"
import { toPem } from "./pem.ts"
import type { Signer } from "./signature.ts"
import { encodeValidity, type Validity } from "./time.ts"

/** A certificate with the private key that belongs to it. */
export interface Issued {
  readonly der: Uint8Array
  readonly pem: string
  /** SHA-256 of the DER, lower-case hexadecimal. */
  readonly sha256: string
  /** For another certificate with the same key. */
  readonly key: Key
  readonly privateKeyPem: string
  /** The subject's Name, DER. */
  readonly subject: Uint8Array
  /** Content octets of the serial number. */
  readonly serial: Uint8Array
  /** Key identifier that what it issues will name. */
  readonly keyId: Uint8Array
  /** This certificate followed by others, as node:tls takes `cert`. */
  chainPem(...others: readonly Issued[]): string
  /** The same certificate with its TBSCertificate altered, signed again by the same issuer. */
  altered(tbs: (der: Uint8Array) => Uint8Array): Promise<Issued>
}

/** Everything that stands in a certificate, decided. */
export interface Content {
  readonly version: 1 | 2 | 3
  readonly serial: Uint8Array
  /** AlgorithmIdentifier inside and outside. */
  readonly algorithm: Uint8Array
  readonly issuer: Uint8Array
  readonly validity: Validity
  readonly subject: Uint8Array
  readonly spki: Uint8Array
  readonly extensions: readonly Extension[]
}

/** Encodes and signs a certificate (RFC 5280 §4.1). */
export function writeCertificate(
  content: Content,
  owner: { readonly key: Key; readonly keyId: Uint8Array },
  signer: Signer,
): Promise<Issued> {
  const { subject, serial } = content
  const finish = async (tbs: Uint8Array): Promise<Issued> => {
    const signature = bitString(await signer.sign(tbs))
    const der = sequence(tbs, content.algorithm, signature)
    return {
      ...(await readable(der, owner.key)),
      ...owner,
      subject,
      serial,
      altered: (alter) => finish(alter(tbs)),
    }
  }
  return finish(encodeTbs(content))
}

/** The same identity with other bytes: what a malformed copy keeps of its original. */
export async function withDer(issued: Issued, der: Uint8Array): Promise<Issued> {
  return { ...issued, ...(await readable(der, issued.key)) }
}

/** Content octets of a serial number; octets are taken as they are, however long or wrong. */
export function serialOctets(serial: bigint | number | Uint8Array | undefined): Uint8Array {
  if (serial === undefined) return randomSerial()
  return serial instanceof Uint8Array ? serial : integer(serial).subarray(2)
}

async function readable(
  der: Uint8Array,
  key: Key,
): Promise<Pick<Issued, "der" | "pem" | "sha256" | "privateKeyPem" | "chainPem">> {
  const pem = toPem("CERTIFICATE", der)
  return {
    der,
    pem,
    sha256: Buffer.from(await subtle.digest("SHA-256", der)).toString("hex"),
    privateKeyPem: key.privateKeyPem,
    chainPem: (...others) => [pem, ...others.map((other) => other.pem)].join(""),
  }
}

function encodeTbs(content: Content): Uint8Array {
  const { version, serial, algorithm, issuer, validity, subject, spki, extensions } = content
  return sequence(
    ...(version === 1 ? [] : [tlv(0xa0, integer(version - 1))]),
    tlv(0x02, serial),
    algorithm,
    issuer,
    encodeValidity(validity),
    subject,
    spki,
    ...(extensions.length === 0 ? [] : [tlv(0xa3, sequence(...extensions.map(encodeExtension)))]),
  )
}

function randomSerial(): Uint8Array {
  const octets = globalThis.crypto.getRandomValues(new Uint8Array(16))
  // Positive and without a leading zero octet, whatever the rest.
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40
  return octets
}
