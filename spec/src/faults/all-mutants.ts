import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { editsOf } from "./edits.ts"
import { type Edit, type Mutant, mutantsOf } from "./mutant.ts"
import { type SemanticFault, semanticEdit, semanticFaults } from "./semantic.ts"

/** Every mutant of the sources under a folder, and the faults that no longer fit them. */
export interface AllMutants {
  readonly mutants: readonly Mutant[]
  readonly stale: readonly string[]
}

/** Mutants stand in the order of their files; the mechanical ones of a file go first. */
export function allMutants(folder: string): AllMutants {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
  const stale = semanticFaults.filter(({ file }) => !files.includes(file)).map(staleText)
  const mutants = files.flatMap((file) => {
    const source = readFileSync(join(folder, file), "utf8")
    const faults = semanticFaults.filter((fault) => fault.file === file)
    const semantic = faults.flatMap((fault) => {
      const edit = semanticEdit(fault, source)
      if (edit === undefined) stale.push(staleText(fault))
      return edit === undefined ? [] : [semanticMutant(file, source, edit)]
    })
    return [...mutantsOf(file, source, editsOf(source)), ...semantic]
  })
  return { mutants, stale }
}

function staleText({ file, what }: SemanticFault): string {
  return `does not fit the source any more: ${file} | ${what}`
}

/** A semantic fault is known by what it does, not by the line that it begins in. */
function semanticMutant(file: string, source: string, edit: Edit): Mutant {
  const lines = edit.text.split("\n")
  const line = source.split("\n").findIndex((text, i) => text !== lines[i]) + 1
  return { id: `${file} | ${edit.what}`, file, line, source: edit.text }
}
