import * as asn1js from "asn1js"
import * as pkijs from "pkijs"
import { encode, integer, oid } from "./asn1.ts"
import { bitString, DER_TRUE, octetString, sequence, tlv } from "./der-writer.ts"
import { encodeGeneralName, type GeneralName } from "./general-name.ts"

export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** Content of the OCTET STRING. */
  readonly value: Uint8Array
}

export interface Criticality {
  readonly critical?: boolean
}

export const EXTENSION_OIDS = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  deltaCrlIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  nameConstraints: "2.5.29.30",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extKeyUsage: "2.5.29.37",
  inhibitAnyPolicy: "2.5.29.54",
} as const

export type ExtensionName = keyof typeof EXTENSION_OIDS

/** `basicConstraints({ ca: false })` is the empty sequence, as DER has it. */
export function basicConstraints(
  value: { readonly ca: boolean; readonly pathLength?: number },
  options: Criticality = {},
): Extension {
  const { ca: cA, pathLength } = value
  const encoded = new pkijs.BasicConstraints(
    pathLength === undefined ? { cA } : { cA, pathLenConstraint: pathLength },
  )
  return named("basicConstraints", encode(encoded.toSchema()), options, true)
}

const KEY_USAGE_BITS = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const

export type KeyUsageBit = (typeof KEY_USAGE_BITS)[number]

export function keyUsage(bits: readonly KeyUsageBit[], options: Criticality = {}): Extension {
  return named("keyUsage", namedBits(bits.map((bit) => KEY_USAGE_BITS.indexOf(bit))), options, true)
}

const PURPOSES: Readonly<Record<string, string>> = {
  any: "2.5.29.37.0",
  server: "1.3.6.1.5.5.7.3.1",
  client: "1.3.6.1.5.5.7.3.2",
  codeSigning: "1.3.6.1.5.5.7.3.3",
  email: "1.3.6.1.5.5.7.3.4",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  ocsp: "1.3.6.1.5.5.7.3.9",
}

/** Purposes by short name (client, server, any, codeSigning, email, timeStamping, ocsp) or OID; may be empty. */
export function extKeyUsage(purposes: readonly string[], options: Criticality = {}): Extension {
  const oids = purposes.map((purpose) => oid(PURPOSES[purpose] ?? purpose))
  return named("extKeyUsage", sequence(...oids), options, false)
}

export function subjectAltName(
  names: readonly GeneralName[],
  options: Criticality = {},
): Extension {
  return named("subjectAltName", sequence(...names.map(encodeGeneralName)), options, false)
}

/** A subtree list that is absent is not written; an empty one is written empty. */
export function nameConstraints(
  value: {
    readonly permitted?: readonly GeneralName[]
    readonly excluded?: readonly GeneralName[]
  },
  options: Criticality = {},
): Extension {
  const lists = [subtrees(0xa0, value.permitted), subtrees(0xa1, value.excluded)]
  return named("nameConstraints", sequence(...lists.flat()), options, true)
}

/** Policies by OID, "any", or with qualifiers as DER. */
export function certificatePolicies(
  policies: readonly (string | { readonly oid: string; readonly qualifiers: Uint8Array })[],
  options: Criticality = {},
): Extension {
  const list = policies.map((policy) =>
    typeof policy === "string"
      ? sequence(oid(policyOid(policy)))
      : sequence(oid(policyOid(policy.oid)), policy.qualifiers),
  )
  return named("certificatePolicies", sequence(...list), options, false)
}

/** Pairs of issuer domain policy and subject domain policy. */
export function policyMappings(
  pairs: readonly (readonly [issuer: string, subject: string])[],
  options: Criticality = {},
): Extension {
  const mappings = pairs.map(
    ([issuer, subject]) =>
      new pkijs.PolicyMapping({
        issuerDomainPolicy: policyOid(issuer),
        subjectDomainPolicy: policyOid(subject),
      }),
  )
  const value = encode(new pkijs.PolicyMappings({ mappings }).toSchema())
  return named("policyMappings", value, options, true)
}

export function policyConstraints(
  value: { readonly requireExplicitPolicy?: number; readonly inhibitPolicyMapping?: number },
  options: Criticality = {},
): Extension {
  const encoded = encode(new pkijs.PolicyConstraints(value).toSchema())
  return named("policyConstraints", encoded, options, true)
}

export function inhibitAnyPolicy(skipCerts: number, options: Criticality = {}): Extension {
  return named("inhibitAnyPolicy", integer(skipCerts), options, true)
}

export function subjectKeyIdentifier(keyId: Uint8Array, options: Criticality = {}): Extension {
  return named("subjectKeyIdentifier", octetString(keyId), options, false)
}

/** `issuer` and `serial` belong together (RFC 5280 §4.2.1.1), but are written as given. */
export function authorityKeyIdentifier(
  value: {
    readonly keyId?: Uint8Array
    readonly issuer?: GeneralName
    readonly serial?: Uint8Array
  },
  options: Criticality = {},
): Extension {
  const fields = [
    value.keyId === undefined ? [] : [tlv(0x80, value.keyId)],
    value.issuer === undefined ? [] : [tlv(0xa1, encodeGeneralName(value.issuer))],
    value.serial === undefined ? [] : [tlv(0x82, value.serial)],
  ]
  return named("authorityKeyIdentifier", sequence(...fields.flat()), options, false)
}

/** An extension that nobody knows: critical unless said otherwise. */
export function unknownExtension(options: Criticality = {}): Extension {
  const value = encode(new asn1js.Null())
  return { oid: "1.3.6.1.4.1.55555.1", critical: options.critical ?? true, value }
}

/** CRLNumber (RFC 5280 §5.2.3). */
export function crlNumber(value: bigint | number, options: Criticality = {}): Extension {
  return named("crlNumber", integer(value), options, false)
}

export function encodeExtension(extension: Extension): Uint8Array {
  const critical = extension.critical ? [DER_TRUE] : []
  return sequence(oid(extension.oid), ...critical, octetString(extension.value))
}

/** BIT STRING of named bits: trailing zero bits are not written (X.690 §11.2.2). */
export function namedBits(positions: readonly number[]): Uint8Array {
  if (positions.length === 0) return bitString(new Uint8Array())
  const highest = Math.max(...positions)
  const octets = new Uint8Array((highest >> 3) + 1)
  for (const position of positions) {
    octets[position >> 3] = (octets[position >> 3] ?? 0) | (0x80 >> (position & 7))
  }
  return bitString(octets, 7 - (highest & 7))
}

function named(
  name: ExtensionName,
  value: Uint8Array,
  options: Criticality,
  criticalByDefault: boolean,
): Extension {
  return { oid: EXTENSION_OIDS[name], critical: options.critical ?? criticalByDefault, value }
}

function policyOid(policy: string): string {
  return policy === "any" ? "2.5.29.32.0" : policy
}

function subtrees(tag: number, names: readonly GeneralName[] | undefined): readonly Uint8Array[] {
  if (names === undefined) return []
  return [tlv(tag, ...names.map((name) => sequence(encodeGeneralName(name))))]
}
