import { concat } from "./der-writer.ts"

/**
 * Octets of an IPv4 or IPv6 address; with a prefix length ("10.0.0.0/8"), address and mask as name
 * constraints carry them (RFC 5280 §4.2.1.10). Throws on anything else: give octets for bad ones.
 */
export function parseIp(text: string): Uint8Array {
  const [address = "", prefix] = text.split("/")
  const octets = address.includes(":") ? parseIpv6(address) : parseIpv4(address)
  return prefix === undefined ? octets : concat([octets, mask(Number(prefix), octets.length)])
}

function parseIpv4(text: string): Uint8Array {
  const octets = text.split(".").map(Number)
  if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255))) {
    throw new TypeError(`not an IPv4 address: ${text}`)
  }
  return Uint8Array.from(octets)
}

function parseIpv6(text: string): Uint8Array {
  const [head = "", tail, ...more] = text.split("::")
  const left = groups(head)
  const right = groups(tail ?? "")
  const missing = 8 - left.length - right.length
  const fits = tail === undefined ? missing === 0 : missing > 0
  if (!fits || more.length > 0 || [...left, ...right].some((group) => !(group <= 0xffff))) {
    throw new TypeError(`not an IPv6 address: ${text}`)
  }
  const all = [...left, ...new Array<number>(missing).fill(0), ...right]
  return Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}

function groups(text: string): readonly number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16))
}

function mask(prefix: number, octets: number): Uint8Array {
  return Uint8Array.from({ length: octets }, (_, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8))
    return (0xff00 >> bits) & 0xff
  })
}
