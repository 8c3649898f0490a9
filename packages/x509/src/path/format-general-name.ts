import { formatName } from "../certificate/format-name.ts"
import type { GeneralName } from "../certificate/general-name.ts"
import { toHex } from "../hex.ts"

/** A name or a constraint for people and logs, such as `dns:example.com`; control characters are escaped. */
export function formatGeneralName(name: GeneralName): string {
  switch (name._tag) {
    case "Directory":
      return `directory:${formatName(name.name)}`
    case "Ip":
      return `ip:${formatIp(name.octets)}`
    case "Other":
      return `type ${name.type}:#${toHex(name.bytes)}`
    default:
      return `${name._tag.toLowerCase()}:${printable(name.text)}`
  }
}

function printable(text: string): string {
  return text.replace(
    /[^!-~]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  )
}

function formatIp(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join(".")
  if (octets.length === 8)
    return `${octets.subarray(0, 4).join(".")}/${octets.subarray(4).join(".")}`
  if (octets.length === 16) return groups(octets)
  if (octets.length === 32)
    return `${groups(octets.subarray(0, 16))}/${groups(octets.subarray(16))}`
  return `#${toHex(octets)}`
}

function groups(octets: Uint8Array): string {
  return toHex(octets).match(/.{4}/g)?.join(":") ?? ""
}
