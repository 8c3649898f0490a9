import { readFileSync } from "node:fs"
import { type DecisionFileParts, readDecisionParts } from "./decision-parts.ts"
import { kindOfFile } from "./kind-of-file.ts"
import { parseJson } from "./parse-json.ts"
import { inOrder, type Problem, type Read, unreadableFile } from "./problem.ts"
import type { DecisionVector } from "./vector.ts"

/** Reads one file of decision vectors; everything that is wrong with it is a problem with its line. */
export function readDecisionFile(path: string, text: string): Read<DecisionVector> {
  return join([readOne(path, text)])
}

/** Reads files of decision vectors, whose ids must differ over all of them. */
export function readDecisions(paths: readonly string[]): Read<DecisionVector> {
  return join(paths.map(readFile))
}

function readFile(path: string): DecisionFileParts {
  let text: string
  try {
    text = readFileSync(path, "utf8")
  } catch (error) {
    return { vectors: [], problems: [{ file: path, line: 1, message: unreadableFile(error) }] }
  }
  return readOne(path, text)
}

function readOne(file: string, text: string): DecisionFileParts {
  const parts = readDecisionParts(file, text)
  if (parts.problems.length === 0 || !isForGateways(text)) return parts
  const message = "these are exchange vectors, which are asked of a gateway: give --driver"
  return { vectors: [], problems: [{ file, line: 1, message }] }
}

function isForGateways(text: string): boolean {
  const json = parseJson(text)
  return "value" in json && kindOfFile(json.value) === "exchanges"
}

function join(files: readonly DecisionFileParts[]): Read<DecisionVector> {
  const located = files.flatMap(({ vectors }) => vectors)
  const problems = files.flatMap((file) => file.problems)
  const first = new Map<string, string>()
  const twice: Problem[] = []
  for (const { id, file, line } of located) {
    const before = first.get(id)
    if (before === undefined) first.set(id, `${file}:${line}`)
    else twice.push({ file, line, message: `the id \`${id}\` is taken: ${before}` })
  }
  const all = inOrder([...problems, ...twice])
  if (all.length > 0) return { _tag: "problems", problems: all }
  return { _tag: "vectors", vectors: located.flatMap(({ vector }) => vector ?? []) }
}
