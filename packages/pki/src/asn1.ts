import * as asn1js from "asn1js"

/** Bytes of anything that asn1js can encode. */
export function encode(value: { toBER(): ArrayBuffer }): Uint8Array {
  return new Uint8Array(value.toBER())
}

export function oid(dotted: string): Uint8Array {
  return encode(new asn1js.ObjectIdentifier({ value: dotted }))
}

export function integer(value: bigint | number): Uint8Array {
  return encode(asn1js.Integer.fromBigInt(BigInt(value)))
}
