/** A fault that somebody could make in a source, and that the suite must notice. */
export interface SeededFault {
  /** Lower-case words with hyphens, unique. */
  readonly id: string
  /** What the patched code does. */
  readonly sentence: string
  /** A reviewer writes without having seen the laws. */
  readonly by: "author" | "reviewer"
  /** From the root of the repository: `packages/engine/src/rules/bind.ts`. */
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly find: string
  readonly replace: string
}

/** The source with the fault; why not, where it does not fit any more. */
export function patched(
  { file, find, replace }: SeededFault,
  source: string,
): { readonly source: string } | { readonly stale: string } {
  const found = source.split(find).length - 1
  if (found !== 1) return { stale: `what is to be replaced is found ${found} times in ${file}` }
  if (find === replace) return { stale: "nothing is replaced" }
  return { source: source.replace(find, () => replace) }
}

/** What can notice a fault of a file: decisions for the engine, exchanges for what stands around it. */
export type Exposure =
  | { readonly _tag: "decisions" }
  | { readonly _tag: "exchanges"; readonly driver: "node" | "fastify" | "koa" }

export function exposureOf({ file }: SeededFault): Exposure {
  if (file.startsWith("packages/engine/")) return { _tag: "decisions" }
  if (file.startsWith("adapters/fastify/")) return { _tag: "exchanges", driver: "fastify" }
  if (file.startsWith("adapters/koa/")) return { _tag: "exchanges", driver: "koa" }
  return { _tag: "exchanges", driver: "node" }
}
