import * as asn1js from "asn1js"
import { encode, oid } from "./asn1.ts"
import { sequence, tlv } from "./der-writer.ts"

export type StringType =
  | "UTF8String"
  | "PrintableString"
  | "IA5String"
  | "TeletexString"
  | "BMPString"
  | "UniversalString"

export interface Attribute {
  /** A short name (CN, O, OU, C, L, ST, DC, UID, serialNumber, emailAddress) or a dotted OID. */
  readonly type: string
  readonly value: string
  /** Default: what RFC 5280 wants for the type, otherwise UTF8String. */
  readonly as?: StringType
}

/** One attribute, or several in one SET. */
export type Rdn = Attribute | readonly Attribute[]

/** A common name; attributes in order; a list of RDNs (empty: the empty name); or the DER itself. */
export type Name = string | Readonly<Record<string, string>> | readonly Rdn[] | Uint8Array

/** A distinguished name as DER (RFC 5280 §4.1.2.4). */
export function encodeName(name: Name): Uint8Array {
  if (name instanceof Uint8Array) return name
  return sequence(...rdns(name).map(encodeRdn))
}

const ATTRIBUTE_OIDS: Readonly<Record<string, string>> = {
  CN: "2.5.4.3",
  serialNumber: "2.5.4.5",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  UID: "0.9.2342.19200300.100.1.1",
  DC: "0.9.2342.19200300.100.1.25",
  emailAddress: "1.2.840.113549.1.9.1",
}

const STRING_TYPES: Readonly<Record<string, StringType>> = {
  C: "PrintableString",
  serialNumber: "PrintableString",
  DC: "IA5String",
  emailAddress: "IA5String",
}

const STRINGS = {
  UTF8String: asn1js.Utf8String,
  PrintableString: asn1js.PrintableString,
  IA5String: asn1js.IA5String,
  TeletexString: asn1js.TeletexString,
  BMPString: asn1js.BmpString,
  UniversalString: asn1js.UniversalString,
}

function rdns(name: string | Readonly<Record<string, string>> | readonly Rdn[]): readonly Rdn[] {
  if (typeof name === "string") return [{ type: "CN", value: name }]
  if (isList(name)) return name
  return Object.entries(name).map(([type, value]) => ({ type, value }))
}

function encodeRdn(rdn: Rdn): Uint8Array {
  const attributes = (isList(rdn) ? rdn : [rdn]).map(encodeAttribute)
  // DER sorts the elements of a SET OF by their encoding (X.690 §11.6).
  return tlv(0x31, ...attributes.sort(Buffer.compare))
}

function encodeAttribute(attribute: Attribute): Uint8Array {
  const as = attribute.as ?? STRING_TYPES[attribute.type] ?? "UTF8String"
  const value = new STRINGS[as]({ value: attribute.value })
  return sequence(oid(ATTRIBUTE_OIDS[attribute.type] ?? attribute.type), encode(value))
}

// Array.isArray does not narrow readonly arrays out of a union.
function isList<T>(value: T | readonly T[] | object): value is readonly T[] {
  return Array.isArray(value)
}
