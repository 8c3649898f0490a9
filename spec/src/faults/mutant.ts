/** One fault in one file of the engine. */
export interface Mutant {
  /** File, line and change; the same for the same fault until the line itself changes. */
  readonly id: string
  /** Relative to the engine's `src`. */
  readonly file: string
  /** Of the first change; 1 is the first. */
  readonly line: number
  /** The whole file, with the fault. */
  readonly source: string
}

/** A part of a source and what stands there instead. */
export interface Edit {
  readonly from: number
  readonly to: number
  readonly text: string
  /** What it does, in short. */
  readonly what: string
}

/** Makes mutants of the edits of one file; ids of equal edits of equal lines are numbered. */
export function mutantsOf(file: string, source: string, edits: readonly Edit[]): Mutant[] {
  const seen = new Map<string, number>()
  return edits.map((edit) => {
    const name = `${file} | ${lineAt(source, edit.from)} | ${edit.what}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return {
      id: count === 1 ? name : `${name} #${count}`,
      file,
      line: source.slice(0, edit.from).split("\n").length,
      source: source.slice(0, edit.from) + edit.text + source.slice(edit.to),
    }
  })
}

function lineAt(source: string, at: number): string {
  const end = source.indexOf("\n", at)
  return source.slice(source.lastIndexOf("\n", at - 1) + 1, end < 0 ? undefined : end).trim()
}
