import { type Problem, problem } from "../problem.ts"
import { documentLimits } from "./limits.ts"
import { reservedRemedy } from "./reserved-name.ts"
import { type JsonFault, scanJson } from "./scan-json.ts"

/** A parsed document; wrapped, because `undefined` and `null` are values of documents. */
export interface Parsed {
  readonly _tag: "Parsed"
  readonly value: unknown
}

/** Parses JSON strictly; total. Messages never quote the text: it may hold keys. */
export function parseJson(text: string, file: string): Parsed | Problem {
  const fault = scanJson(text, documentLimits.depth)
  if (fault !== undefined) return toProblem(text, file, fault)
  try {
    return { _tag: "Parsed", value: JSON.parse(text) }
  } catch {
    const message = "a string holds a character or an escape that JSON does not allow"
    return toProblem(text, file, { code: "document.syntax", at: 0, message })
  }
}

function toProblem(text: string, file: string, { code, at, message }: JsonFault): Problem {
  let line = 1
  for (let i = text.indexOf("\n"); i >= 0 && i < at; i = text.indexOf("\n", i + 1)) line++
  return problem(code, { file, place: `line ${line}` }, message, remedies[code])
}

const remedies: Readonly<Record<JsonFault["code"], string>> = {
  "document.syntax": "correct the JSON",
  "document.too_deep": "no document of a gateway is nested this deeply",
  "document.duplicate_key": "keep one of the two: readers differ in which one counts",
  "document.reserved_key": reservedRemedy,
}
