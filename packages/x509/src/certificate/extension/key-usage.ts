import { fail, more, open, type Reader, tags } from "../../der/reader.ts"
import { bitString, oid } from "../../der/values.ts"

export type KeyUsage =
  | "digitalSignature"
  | "contentCommitment"
  | "keyEncipherment"
  | "dataEncipherment"
  | "keyAgreement"
  | "keyCertSign"
  | "cRLSign"
  | "encipherOnly"
  | "decipherOnly"

const usages: readonly KeyUsage[] = [
  "digitalSignature",
  "contentCommitment",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
]

/** RFC 5280 §4.2.1.3. */
export function readKeyUsage(reader: Reader): ReadonlySet<KeyUsage> {
  const at = reader.at
  const { octets } = bitString(reader)
  if (octets.length > 2) fail(reader, "more key usages than there are", at)
  const isSet = (_: KeyUsage, bit: number): boolean =>
    ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0
  return new Set(usages.filter(isSet))
}

/** RFC 5280 §4.2.1.12: purposes as dotted identifiers; an empty list is kept, and no purpose at all. */
export function readExtendedKeyUsage(reader: Reader): ReadonlySet<string> {
  const list = open(reader, tags.sequence, "extended key usages")
  const purposes = new Set<string>()
  while (more(list)) purposes.add(oid(list))
  return purposes
}

export const purposes = {
  clientAuth: "1.3.6.1.5.5.7.3.2",
  any: "2.5.29.37.0",
} as const
