import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type Problem, type Read, unreadableFile } from "../vectors/problem.ts"
import { UsageError } from "./terminal.ts"

/** The files of this package's own vectors. */
export function filesOfSuite(kind: "decisions" | "exchanges"): readonly string[] {
  const folder = fileURLToPath(new URL(`../../vectors/${kind}/`, import.meta.url))
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"))
  return names.toSorted().map((name) => `${folder}${name}`)
}

/** The vectors that were read; a `UsageError` that names file and line of everything that is wrong. */
export function vectorsOf<V>(read: Read<V>): readonly V[] {
  if (read._tag === "vectors") return read.vectors
  throw unreadable(read.problems)
}

export function unreadable(problems: readonly Problem[]): UsageError {
  return new UsageError(
    problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join("\n"),
  )
}

/** The text of a file that was named; a `UsageError` if it cannot be read. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    throw new UsageError(`${path}: ${unreadableFile(error)}`)
  }
}
