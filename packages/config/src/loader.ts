import { resolve, sep } from "node:path"
import { createAssembler } from "./assemble.ts"
import type { Configuration, Invalid, LoadOptions } from "./configuration.ts"
import { createDocumentReader } from "./documents.ts"
import type { Pass } from "./file-reader.ts"
import type { Problem } from "./problem.ts"

/** Loads the same configuration again and again; what did not change is neither parsed nor compiled again. */
export interface Loader {
  /** Total: whatever stands in the files is a configuration, or problems. */
  readonly load: (reload?: Reload) => Configuration | Invalid
}

export interface Reload {
  /**
   * Files that were added, changed or removed since the last load: others below the configuration are not
   * looked at. Without it every file is, by its size and times.
   */
  readonly changed?: Iterable<string>
  /** Epoch milliseconds, for what is stale by now; default: the loader's. */
  readonly now?: number
}

/** Makes a loader of a folder or a file; see `loadConfiguration`. */
export function createLoader(path: string, options: LoadOptions): Loader {
  const root = resolve(path)
  const documents = createDocumentReader(options)
  const assemble = createAssembler(options)
  return {
    load: ({ changed, now = options.now } = {}) => {
      const problems: Problem[] = []
      const pass = passOf(root, changed)
      const found = documents.read(root, pass, (one) => problems.push(one))
      const result: Configuration | Invalid =
        found === undefined ? { _tag: "Invalid", problems } : assemble(found, problems, now)
      documents.prune(pass)
      return result
    },
  }
}

function passOf(root: string, changed: Iterable<string> | undefined): Pass {
  if (changed === undefined) return { changed, mayHaveChanged: () => true }
  const paths = new Set([...changed].map((path) => resolve(path)))
  return {
    changed: paths,
    mayHaveChanged: (path) => paths.has(path) || !path.startsWith(root + sep),
  }
}
