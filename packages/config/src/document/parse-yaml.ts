import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type YAMLMap,
} from "yaml"
import { type Place, type Problem, problem } from "../problem.ts"
import { documentLimits } from "./limits.ts"
import { placeAt } from "./line.ts"
import { isReservedName, reservedRemedy } from "./reserved-name.ts"
import { scanYaml } from "./scan-yaml.ts"

/** One document of a YAML text. */
export interface YamlDocument {
  readonly value: unknown
  readonly place: Place
}

/** Parses every document of a YAML 1.2 text; total. Messages never quote the text: it may hold keys. */
export function parseYaml(text: string, file: string): readonly YamlDocument[] | Problem {
  const lines = new LineCounter()
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, place: `line ${line}, column ${col}` }
  }
  const fault = scanYaml(text, documentLimits.yaml)
  if (fault !== undefined) {
    const place = { file, place: placeAt(text, fault.at) }
    const remedy = "split or simplify the YAML, or write it as JSON"
    return problem(fault.code, place, fault.message, remedy)
  }
  try {
    const documents = parseAllDocuments(text, { ...options, lineCounter: lines })
    const filled = Array.isArray(documents) ? documents.filter(({ contents }) => contents) : []
    const fault = filled.map((one) => faultOf(one, at)).find((found) => found !== undefined)
    if (fault !== undefined) return fault
    const values = filled.map((one, i) => toValue(one, { file, place: placeOf(i) }))
    return values.some(isEndless) ? aliased(file) : values.filter(({ value }) => value !== null)
  } catch {
    return aliased(file)
  }
}

function aliased(file: string): Problem {
  const message = "the YAML cannot be read, or its aliases stand for too much"
  return problem("document.syntax", { file, place: "$" }, message, "write it without aliases")
}

/** Whether aliases make a value contain itself, or far more than was written. */
function isEndless({ value }: YamlDocument): boolean {
  const waiting: [unknown, number][] = [[value, 0]]
  let values = 0
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [one, depth] = next
    if (++values > documentLimits.yaml.lexemes || depth > 2 * documentLimits.yaml.depth) return true
    if (typeof one !== "object" || one === null) continue
    for (const inner of Object.values(one)) waiting.push([inner, depth + 1])
  }
  return false
}

const options = {
  // Whether a key is used twice is checked here, in linear time.
  uniqueKeys: false,
  stringKeys: true,
  prettyErrors: false,
  logLevel: "silent",
  version: "1.2",
} as const

function placeOf(index: number): string {
  return index === 0 ? "$" : `document ${index + 1}: $`
}

function toValue(document: Document.Parsed, place: Place): YamlDocument {
  return { value: document.toJS({ maxAliasCount: documentLimits.yaml.aliases }), place }
}

function faultOf(document: Document.Parsed, at: (offset: number) => Place): Problem | undefined {
  const [first] = [...document.errors, ...document.warnings]
  if (first === undefined) return keyFault(document, at)
  const message = `the YAML is not valid (${first.code.toLowerCase()})`
  return problem("document.syntax", at(first.pos[0]), message, "correct the YAML")
}

function keyFault(document: Document.Parsed, at: (offset: number) => Place): Problem | undefined {
  const waiting: unknown[] = [document.contents]
  while (waiting.length > 0) {
    const node = waiting.pop()
    const fault = isMap(node) ? namesFault(node, at) : undefined
    if (fault !== undefined) return fault
    const items = isMap(node) || isSeq(node) ? node.items : []
    for (const item of items) waiting.push(isPair(item) ? item.value : item)
  }
  return undefined
}

function namesFault({ items }: YAMLMap, at: (offset: number) => Place): Problem | undefined {
  const names = new Set<string>()
  for (const { key } of items) {
    if (!isScalar(key)) return problem("document.syntax", at(0), unplain, "write the name out")
    const name = String(key.value)
    if (isReservedName(name) || names.has(name)) {
      const place = at(key.range?.[0] ?? 0)
      return isReservedName(name) ? reserved(name, place) : twice(place)
    }
    names.add(name)
  }
  return undefined
}

const unplain = "the name of a member is not a plain text"

function reserved(name: string, place: Place): Problem {
  const message = `a member is named \`${name}\``
  return problem("document.reserved_key", place, message, reservedRemedy)
}

function twice(place: Place): Problem {
  const remedy = "keep one of the two: readers differ in which one counts"
  return problem("document.duplicate_key", place, "a member is named twice", remedy)
}
