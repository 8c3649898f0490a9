/** An address and a mask of the same length. */
export interface Network {
  readonly address: Uint8Array
  readonly mask: Uint8Array
}

/** Reads an iPAddress constraint: 8 or 32 octets, the mask contiguous (RFC 5280 §4.2.1.10, RFC 4632). */
export function readNetwork(octets: Uint8Array): Network | undefined {
  if (octets.length !== 8 && octets.length !== 32) return undefined
  const half = octets.length / 2
  const mask = octets.subarray(half)
  return isContiguous(mask) ? { address: octets.subarray(0, half), mask } : undefined
}

export function isAddress(octets: Uint8Array): boolean {
  return octets.length === 4 || octets.length === 16
}

/** An address of the other family is never within. */
export function isInNetwork(octets: Uint8Array, { address, mask }: Network): boolean {
  if (octets.length !== address.length) return false
  return octets.every((octet, i) => ((octet ^ (address[i] ?? 0)) & (mask[i] ?? 0)) === 0)
}

function isContiguous(mask: Uint8Array): boolean {
  const bits = Array.from(mask, (octet) => octet.toString(2).padStart(8, "0")).join("")
  return !bits.includes("01")
}
