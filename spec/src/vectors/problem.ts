/** What is wrong in a file of vectors, and on which line (from 1). */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly message: string
}

/** Vectors, or everything that keeps the files from being read. */
export type Read<V> =
  | { readonly _tag: "vectors"; readonly vectors: readonly V[] }
  | { readonly _tag: "problems"; readonly problems: readonly Problem[] }
