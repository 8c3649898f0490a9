import { realpathSync } from "node:fs"
import { dirname, isAbsolute, relative, resolve, sep } from "node:path"
import { documentLimits } from "../document/limits.ts"
import { readText } from "../document/read-text.ts"
import { type Place, type Problem, problem, shown } from "../problem.ts"
import type { ReadReferenced } from "./resolve.ts"

/**
 * Reads the files that allow lists name, relative to the configuration.
 *
 * Definitions reach nothing outside of it, symbolic links included: who may write a definition may not
 * therefore read the disk. The gateway's own settings may name any file.
 */
export function referencedFiles(root: string): ReadReferenced {
  return ({ text, place }, owner) => {
    if (text.length > longestPath || text.includes("\0")) return notFound(text, place, undefined)
    const path = resolve(root, text)
    if (owner !== "gateway" && !isInside(root, path)) {
      const message = `\`${shown(text)}\` is outside of the configuration`
      const remedy = "put the file into the folder and name it relative to it"
      return problem("file.outside", place, message, remedy)
    }
    const contents = readText(path, text, documentLimits.pemBytes)
    if (typeof contents === "string") return contents
    return notFound(text, place, contents)
  }
}

const longestPath = 4096

function notFound(text: string, place: Place, cause: Problem | undefined): Problem {
  const why = cause === undefined || cause.code === "file.missing" ? "" : `: ${cause.message}`
  const message = `\`${shown(text)}\` is neither PEM, nor an id, nor a file that can be read${why}`
  const remedy = "name a file of the folder, or the id of a stored certificate, or remove the entry"
  return problem("allow_list.unresolved", place, message, remedy)
}

function isInside(root: string, path: string): boolean {
  const base = realPath(root)
  return isBelow(root, path) && isBelow(base, realPath(path))
}

function isBelow(root: string, path: string): boolean {
  const steps = relative(root, path)
  return steps !== ".." && !steps.startsWith(`..${sep}`) && !isAbsolute(steps)
}

/** A path that does not exist is where its folder leads. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : resolve(realPath(parent), relative(parent, path))
  }
}
