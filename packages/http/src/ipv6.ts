import { isIpv4 } from "./ipv4.ts"

/**
 * An IPv6 address (RFC 4291 §2.2) as eight groups of lower-case hex without leading zeros.
 *
 * `undefined` if it is none. There is no zone id in a host: `fe80::1%eth0` is none.
 */
export function canonicalIpv6(text: string): string | undefined {
  if (text.length > 45) return undefined
  const [front = "", back, ...rest] = text.split("::")
  if (rest.length > 0) return undefined
  const head = readGroups(front, back === undefined)
  const tail = readGroups(back ?? "", true)
  if (head === undefined || tail === undefined) return undefined
  const missing = 8 - head.length - tail.length
  if (back === undefined ? missing !== 0 : missing < 1) return undefined
  return [...head, ...Array<string>(missing).fill("0"), ...tail].join(":")
}

function readGroups(text: string, isEnd: boolean): readonly string[] | undefined {
  if (text === "") return []
  const groups: string[] = []
  const parts = text.split(":")
  for (const [at, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(hex(Number.parseInt(part, 16)))
    else if (isEnd && at === parts.length - 1 && isIpv4(part)) groups.push(...embedded(part))
    else return undefined
  }
  return groups
}

function embedded(ipv4: string): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split(".").map(Number)
  return [hex(a * 256 + b), hex(c * 256 + d)]
}

function hex(group: number): string {
  return group.toString(16)
}
