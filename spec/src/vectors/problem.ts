/** What is wrong in a file of vectors, and on which line (from 1, which stands for the whole file, too). */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly message: string
}

/** Vectors, or everything that keeps the files from being read. */
export type Read<V> =
  | { readonly _tag: "vectors"; readonly vectors: readonly V[] }
  | { readonly _tag: "problems"; readonly problems: readonly Problem[] }

/** File after file, and in a file from its first line to its last. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = new Map<string, Problem[]>()
  for (const problem of problems) {
    const before = files.get(problem.file)
    if (before === undefined) files.set(problem.file, [problem])
    else before.push(problem)
  }
  return [...files.values()].flatMap((ofFile) => ofFile.toSorted((a, b) => a.line - b.line))
}

/** Why a file cannot be read. */
export function unreadableFile(error: unknown): string {
  const why = error instanceof Error && "code" in error ? String(error.code) : "unknown"
  return `the file cannot be read (${why})`
}
