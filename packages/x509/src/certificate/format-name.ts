import { toHex } from "../hex.ts"
import type { Attribute, Name, RelativeName } from "./name.ts"

const shortNames = new Map([
  ["2.5.4.3", "CN"],
  ["2.5.4.4", "SN"],
  ["2.5.4.5", "serialNumber"],
  ["2.5.4.6", "C"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.9", "STREET"],
  ["2.5.4.10", "O"],
  ["2.5.4.11", "OU"],
  ["2.5.4.12", "title"],
  ["2.5.4.42", "GN"],
  ["0.9.2342.19200300.100.1.1", "UID"],
  ["0.9.2342.19200300.100.1.25", "DC"],
  ["1.2.840.113549.1.9.1", "emailAddress"],
])

/**
 * A name for people and logs in the form of RFC 4514, most specific part first.
 *
 * Everything that could forge a border or a line is escaped; names are compared by `key`, never by this.
 */
export function formatName(name: Name): string {
  return name.rdns.map(formatRelativeName).reverse().join(",")
}

function formatRelativeName(rdn: RelativeName): string {
  return rdn.attributes.map(formatAttribute).join("+")
}

function formatAttribute({ oid, text, value }: Attribute): string {
  const label = shortNames.get(oid) ?? oid
  return `${label}=${text === undefined ? `#${toHex(value)}` : escapeText(text)}`
}

function escapeText(text: string): string {
  return text
    .replace(/[\\",+<>;=]/g, "\\$&")
    .replace(/^[ #]| $/g, "\\$&")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeControl)
}

function escapeControl(character: string): string {
  const point = character.codePointAt(0) ?? 0
  return point < 0x80 ? `\\${point.toString(16).padStart(2, "0")}` : `\\u{${point.toString(16)}}`
}
