import { type Problem, problem } from "../problem.ts"
import { documentLimits } from "./limits.ts"
import { placeAt } from "./line.ts"
import { reservedRemedy } from "./reserved-name.ts"
import { type JsonFault, type JsonNotes, scanJson } from "./scan-json.ts"

/** A parsed document; wrapped, because `undefined` and `null` are values of documents. */
export interface Parsed {
  readonly _tag: "Parsed"
  readonly value: unknown
}

/**
 * Parses JSON strictly; total. Messages never quote the text: it may hold keys.
 *
 * With `notes`, which are filled, numbers with a fraction or an exponent come as texts: the nearest number
 * that a program can hold may be another one, and one that means something else.
 */
export function parseJson(text: string, file: string, notes?: JsonNotes): Parsed | Problem {
  const fault = scanJson(text, documentLimits.depth, notes)
  if (fault !== undefined) return toProblem(text, file, fault)
  try {
    return { _tag: "Parsed", value: JSON.parse(notes === undefined ? text : quoted(text, notes)) }
  } catch {
    const message = "a string holds a character or an escape that JSON does not allow"
    return toProblem(text, file, { code: "document.syntax", at: brokenAt(text), message })
  }
}

/** Where JSON.parse says that it stopped; the rest of what it says quotes the text. */
function brokenAt(text: string): number {
  try {
    JSON.parse(text)
    return 0
  } catch (error) {
    const said = error instanceof Error ? / at position (\d+)/.exec(error.message) : null
    return Number(said?.[1] ?? 0)
  }
}

function quoted(text: string, { inexact }: JsonNotes): string {
  let from = 0
  const parts: string[] = []
  for (const [start, end] of inexact) {
    parts.push(text.slice(from, start), JSON.stringify(text.slice(start, end)))
    from = end
  }
  return [...parts, text.slice(from)].join("")
}

function toProblem(text: string, file: string, { code, at, message }: JsonFault): Problem {
  return problem(code, { file, place: placeAt(text, at) }, message, remedies[code])
}

const remedies: Readonly<Record<JsonFault["code"], string>> = {
  "document.syntax": "correct the JSON",
  "document.too_deep": "no document of a gateway is nested this deeply",
  "document.duplicate_key": "keep one of the two: readers differ in which one counts",
  "document.reserved_key": reservedRemedy,
}
