import { isReservedName } from "./reserved-name.ts"

/** What is wrong with a JSON text, and at which character. */
export interface JsonFault {
  readonly code:
    | "document.syntax"
    | "document.too_deep"
    | "document.duplicate_key"
    | "document.reserved_key"
  readonly at: number
  readonly message: string
}

/** What a scan may note down on its way. */
export interface JsonNotes {
  /** At which character each member of the outermost object begins. */
  readonly members: Map<string, number>
  /** Numbers with a fraction or an exponent, of which JSON.parse makes the nearest: from and to. */
  readonly inexact: (readonly [number, number])[]
}

/**
 * Finds what JSON.parse hides or does not survive: nesting beyond `depth`, members named twice (of which
 * it would silently keep the last), reserved names; and where the structure is broken.
 *
 * Linear in the text, no recursion. The inside of strings is left to JSON.parse.
 */
export function scanJson(text: string, depth: number, notes?: JsonNotes): JsonFault | undefined {
  const scan: Scan = { text, depth, notes, at: 0, expect: "value", open: [] }
  for (;;) {
    scan.at = skipSpace(text, scan.at)
    if (scan.at >= text.length) break
    const fault = step(scan)
    if (fault !== undefined) return fault
  }
  return scan.expect === "end" ? undefined : syntax(scan, "the document ends too early")
}

type Expect = "value" | "value or end" | "name" | "name or end" | "colon" | "comma or end" | "end"

interface Scan {
  readonly text: string
  readonly depth: number
  readonly notes: JsonNotes | undefined
  at: number
  expect: Expect
  /** The names seen in each open object; "list" for an open list. */
  readonly open: (Set<string> | "list")[]
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && " \t\n\r".includes(text.charAt(at))) at++
  return at
}

function step(scan: Scan): JsonFault | undefined {
  const sign = scan.text.charAt(scan.at)
  if (sign === "{" || sign === "[") return openOne(scan, sign)
  if (sign === "}" || sign === "]") return closeOne(scan, sign)
  if (sign === "," || sign === ":") return separate(scan, sign)
  if (sign === '"') return readString(scan)
  return readScalar(scan)
}

function expectsValue({ expect }: Scan): boolean {
  return expect === "value" || expect === "value or end"
}

function openOne(scan: Scan, sign: "{" | "["): JsonFault | undefined {
  if (!expectsValue(scan)) return unexpected(scan)
  if (scan.open.length >= scan.depth) {
    const message = `more than ${scan.depth} levels of nesting`
    return { code: "document.too_deep", at: scan.at, message }
  }
  scan.open.push(sign === "{" ? new Set() : "list")
  scan.expect = sign === "{" ? "name or end" : "value or end"
  scan.at++
  return undefined
}

function closeOne(scan: Scan, sign: "}" | "]"): JsonFault | undefined {
  const top = scan.open.at(-1)
  const matches = top !== undefined && (sign === "]") === (top === "list")
  const { expect } = scan
  const mayEnd = expect === "comma or end" || expect === "value or end" || expect === "name or end"
  if (!matches || !mayEnd) return unexpected(scan)
  scan.open.pop()
  return closeValue(scan, scan.at + 1)
}

function separate(scan: Scan, sign: "," | ":"): JsonFault | undefined {
  if (sign === ":" ? scan.expect !== "colon" : scan.expect !== "comma or end") {
    return unexpected(scan)
  }
  scan.expect = sign === "," && scan.open.at(-1) !== "list" ? "name" : "value"
  scan.at++
  return undefined
}

function closeValue(scan: Scan, at: number): undefined {
  scan.at = at
  scan.expect = scan.open.length === 0 ? "end" : "comma or end"
}

function readString(scan: Scan): JsonFault | undefined {
  const end = endOfString(scan.text, scan.at)
  if (end === undefined) return syntax(scan, "a string has no end")
  if (expectsValue(scan)) return closeValue(scan, end)
  const names = scan.open.at(-1)
  const isName = scan.expect === "name" || scan.expect === "name or end"
  if (!isName || names === undefined || names === "list") return unexpected(scan)
  const name = nameOf(scan.text.slice(scan.at, end))
  if (name === undefined) return syntax(scan, "a name is not a JSON string")
  const fault = nameFault(scan, names, name)
  if (fault !== undefined) return fault
  names.add(name)
  if (scan.open.length === 1) scan.notes?.members.set(name, scan.at)
  scan.at = end
  scan.expect = "colon"
  return undefined
}

function nameFault(scan: Scan, names: Set<string>, name: string): JsonFault | undefined {
  if (isReservedName(name)) {
    const message = `a member is named \`${name}\``
    return { code: "document.reserved_key", at: scan.at, message }
  }
  if (!names.has(name)) return undefined
  // The name may be a store key.
  return { code: "document.duplicate_key", at: scan.at, message: "a member is named twice" }
}

/** The offset after the closing quote. */
function endOfString(text: string, from: number): number | undefined {
  let at = text.indexOf('"', from + 1)
  while (at >= 0) {
    let slashes = 0
    while (text.charAt(at - 1 - slashes) === "\\") slashes++
    if (slashes % 2 === 0) return at + 1
    at = text.indexOf('"', at + 1)
  }
  return undefined
}

function nameOf(quoted: string): string | undefined {
  if (!quoted.includes("\\")) return quoted.slice(1, -1)
  try {
    return String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}

const scalarEnd = /[\s,:"[\]{}]/g
const scalar = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/

function readScalar(scan: Scan): JsonFault | undefined {
  scalarEnd.lastIndex = scan.at
  const end = scalarEnd.exec(scan.text)?.index ?? scan.text.length
  const word = scan.text.slice(scan.at, Math.min(end, scan.at + 400))
  if (!expectsValue(scan) || !scalar.test(word)) return unexpected(scan)
  if (scan.notes !== undefined && /^-?\d.*[.eE]/.test(word)) scan.notes.inexact.push([scan.at, end])
  return closeValue(scan, end)
}

function unexpected(scan: Scan): JsonFault {
  return syntax(scan, `expected ${scan.expect === "end" ? "nothing more" : `a ${scan.expect}`}`)
}

function syntax({ at }: Scan, message: string): JsonFault {
  return { code: "document.syntax", at, message }
}
