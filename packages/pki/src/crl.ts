import * as asn1js from "asn1js"
import { encode, integer } from "./asn1.ts"
import { bitString, sequence, tlv } from "./der-writer.ts"
import {
  authorityKeyIdentifier,
  crlNumber,
  EXTENSION_OIDS,
  type Extension,
  encodeExtension,
} from "./extension.ts"
import type { Issuer } from "./issue.ts"
import { type ExtensionChoice, mergeExtensions } from "./merge-extensions.ts"
import { encodeName, type Name } from "./name.ts"
import { toPem } from "./pem.ts"
import { type SigningChoice, signer } from "./signature.ts"
import { encodeTime, type Time } from "./time.ts"

/** One revoked certificate; `reason` is the CRLReason code (RFC 5280 §5.3.1). */
export interface Revoked {
  readonly certificate: { readonly serial: Uint8Array }
  /** Default: the CRL's thisUpdate. */
  readonly at?: Time
  readonly reason?: number
  readonly extensions?: readonly Extension[]
}

/** Default extensions: crlNumber and authorityKeyIdentifier. */
export interface CrlOptions extends ExtensionChoice, SigningChoice {
  /** Default 1. */
  readonly number?: bigint | number
  readonly thisUpdate: Time
  /** Left out when absent, which RFC 5280 §5.1.2.5 forbids. */
  readonly nextUpdate?: Time
  readonly revoked?: readonly Revoked[]
  /** Issuer name to write instead of the signer's. */
  readonly issuer?: Name
  /** Default 2; version 1 has no extensions. */
  readonly version?: 1 | 2
}

export interface Crl {
  readonly der: Uint8Array
  readonly pem: string
}

/** A complete base CRL (RFC 5280 §5). */
export async function writeCrl(options: CrlOptions, issuer: Issuer): Promise<Crl> {
  const signing = signer(issuer.key, options)
  const tbs = encodeTbs(options, issuer, signing.algorithm)
  const der = sequence(tbs, signing.algorithm, bitString(await signing.sign(tbs)))
  return { der, pem: toPem("X509 CRL", der) }
}

function encodeTbs(options: CrlOptions, issuer: Issuer, algorithm: Uint8Array): Uint8Array {
  const { version = 2, thisUpdate, nextUpdate, revoked = [] } = options
  const entries = revoked.map((entry) => encodeEntry(entry, thisUpdate))
  const defaults = [authorityKeyIdentifier({ keyId: issuer.keyId }), crlNumber(options.number ?? 1)]
  const extensions = version === 2 ? mergeExtensions(defaults, options) : []
  return sequence(
    ...(version === 2 ? [integer(1)] : []),
    algorithm,
    options.issuer === undefined ? issuer.subject : encodeName(options.issuer),
    encodeTime(thisUpdate),
    ...(nextUpdate === undefined ? [] : [encodeTime(nextUpdate)]),
    // An empty list must be left out, not written empty (RFC 5280 §5.1.2.6).
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    ...(extensions.length === 0 ? [] : [tlv(0xa0, sequence(...extensions.map(encodeExtension)))]),
  )
}

function encodeEntry(entry: Revoked, thisUpdate: Time): Uint8Array {
  const extensions = [
    ...(entry.reason === undefined ? [] : [reasonCode(entry.reason)]),
    ...(entry.extensions ?? []),
  ]
  return sequence(
    tlv(0x02, entry.certificate.serial),
    encodeTime(entry.at ?? thisUpdate),
    ...(extensions.length === 0 ? [] : [sequence(...extensions.map(encodeExtension))]),
  )
}

function reasonCode(value: number): Extension {
  const encoded = encode(new asn1js.Enumerated({ value }))
  return { oid: EXTENSION_OIDS.reasonCode, critical: false, value: encoded }
}
