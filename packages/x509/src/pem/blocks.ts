/** One `-----BEGIN X-----` … `-----END X-----` in a text, by place: nothing of its body is copied. */
export interface PemBlock {
  readonly label: string
  /** Of the first character of BEGIN, counted from 1. */
  readonly line: number
  /** Range of the body. */
  readonly from: number
  readonly to: number
  /** False if the end marker is missing or names another label; such a block reaches to the next marker. */
  readonly closed: boolean
}

const begin = "-----BEGIN "
const end = "-----END "
const dashes = "-----"
const longestLabel = 64

/** Finds the blocks of RFC 7468 in `text` in one pass; any text may stand between them. */
export function* pemBlocks(text: string): Generator<PemBlock, void> {
  let line = 1
  let counted = 0
  let at = text.indexOf(begin)
  while (at !== -1) {
    line += newlines(text, counted, at)
    counted = at
    const label = labelAt(text, at + begin.length)
    if (label === undefined) {
      at = text.indexOf(begin, at + begin.length)
      continue
    }
    const from = at + begin.length + label.length + dashes.length
    const next = text.indexOf(dashes, from)
    const to = next === -1 ? text.length : next
    const marker = `${end}${label}${dashes}`
    const closed = text.startsWith(marker, to)
    yield { label, line, from, to, closed }
    at = text.indexOf(begin, closed ? to + marker.length : to)
  }
}

function labelAt(text: string, from: number): string | undefined {
  const near = text.slice(from, from + longestLabel + dashes.length)
  const to = near.indexOf(dashes)
  return to === -1 ? undefined : near.slice(0, to)
}

function newlines(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === 0x0a) count += 1
  return count
}
