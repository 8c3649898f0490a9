import { concat, tlv } from "./der-writer.ts"

/**
 * Replaces the element at a path of child positions and fits the lengths around it.
 * Reads only what this package wrote: definite lengths and tags of one octet. Throws where the path
 * leads nowhere.
 */
export function spliceAt(
  element: Uint8Array,
  path: readonly number[],
  change: (element: Uint8Array) => Uint8Array,
): Uint8Array {
  const [position, ...rest] = path
  if (position === undefined) return change(element)
  const parts = children(element)
  const part = parts[position]
  if (part === undefined) throw new RangeError(`no element ${position}`)
  return tlv(tagOf(element), ...parts.with(position, spliceAt(part, rest, change)))
}

/** The element at a path of child positions. */
export function elementAt(element: Uint8Array, path: readonly number[]): Uint8Array {
  const [position, ...rest] = path
  if (position === undefined) return element
  const part = children(element)[position]
  if (part === undefined) throw new RangeError(`no element ${position}`)
  return elementAt(part, rest)
}

/** The elements side by side in a constructed element. */
export function children(element: Uint8Array): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  let rest = contentOf(element)
  while (rest.length > 0) {
    const { end } = extent(rest)
    parts.push(rest.subarray(0, end))
    rest = rest.subarray(end)
  }
  return parts
}

export function tagOf(element: Uint8Array): number {
  return element[0] ?? 0
}

export function contentOf(element: Uint8Array): Uint8Array {
  const { start, end } = extent(element)
  return element.subarray(start, end)
}

function extent(element: Uint8Array): { readonly start: number; readonly end: number } {
  const first = element[1] ?? 0
  if (first < 0x80) return { start: 2, end: 2 + first }
  const start = 2 + (first & 0x7f)
  const length = element.subarray(2, start).reduce((sum, octet) => sum * 256 + octet, 0)
  return { start, end: start + length }
}

/** The element with its length written in three octets; certificates and their names need fewer. */
export function nonMinimal(element: Uint8Array): Uint8Array {
  const content = contentOf(element)
  const { length } = content
  const octets = Uint8Array.of(0x83, length >> 16, (length >> 8) & 0xff, length & 0xff)
  return concat([element.subarray(0, 1), octets, content])
}

/** The element with BER's indefinite length. */
export function indefinite(element: Uint8Array): Uint8Array {
  const endOfContents = Uint8Array.of(0, 0)
  return concat([element.subarray(0, 1), Uint8Array.of(0x80), contentOf(element), endOfContents])
}
