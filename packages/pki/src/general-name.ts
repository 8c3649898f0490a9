import { oid } from "./asn1.ts"
import { tlv } from "./der-writer.ts"
import { parseIp } from "./ip.ts"
import { encodeName, type Name } from "./name.ts"

/** One GeneralName (RFC 5280 §4.2.1.6); a string is a dNSName. Texts are written as they are, in UTF-8. */
export type GeneralName =
  | string
  | { readonly dns: string }
  /** An address; in a constraint an address with prefix length; or the octets. */
  | { readonly ip: string | Uint8Array }
  | { readonly email: string }
  | { readonly uri: string }
  | { readonly dirName: Name }
  /** `value` is the DER inside the explicit [0]; default the UTF8String "other". */
  | { readonly otherName: { readonly oid: string; readonly value?: Uint8Array } }
  | { readonly registeredId: string }

export function encodeGeneralName(name: GeneralName): Uint8Array {
  if (typeof name === "string") return text(0x82, name)
  if ("dns" in name) return text(0x82, name.dns)
  if ("email" in name) return text(0x81, name.email)
  if ("uri" in name) return text(0x86, name.uri)
  if ("ip" in name) return tlv(0x87, typeof name.ip === "string" ? parseIp(name.ip) : name.ip)
  // A Name is a CHOICE, so its tag is explicit.
  if ("dirName" in name) return tlv(0xa4, encodeName(name.dirName))
  if ("registeredId" in name) return tlv(0x88, oid(name.registeredId).subarray(2))
  const value = name.otherName.value ?? text(0x0c, "other")
  return tlv(0xa0, oid(name.otherName.oid), tlv(0xa0, value))
}

function text(tag: number, value: string): Uint8Array {
  return tlv(tag, Buffer.from(value, "utf8"))
}
