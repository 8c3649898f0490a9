import { realpathSync } from "node:fs"
import { dirname, isAbsolute, relative, resolve, sep } from "node:path"
import type { FileReader, FileReading, Pass } from "../file-reader.ts"
import { type Place, type Problem, problem, shown } from "../problem.ts"
import type { CertificateEntry } from "./entry.ts"
import type { ReadReferenced } from "./resolve.ts"

/**
 * Reads the files that allow lists name, relative to the configuration.
 *
 * Definitions reach nothing outside of it, symbolic links included: who may write a definition may not
 * therefore read the disk. The gateway's own settings may name any file.
 */
export function referencedFiles(
  root: string,
  reader: FileReader<CertificateEntry>,
  pass: Pass,
): ReadReferenced {
  const base = realPath(root)
  const isInside = (path: string): boolean => isBelow(root, path) && isBelow(base, realPath(path))
  const found = new Map<string, FileReading<CertificateEntry>>()
  return ({ text, place }, owner) => {
    const known = found.get(text)
    if (known !== undefined) return known
    if (text.length > longestPath || text.includes("\0")) return notFound(text, place, undefined)
    const path = resolve(root, text)
    if (owner !== "gateway" && !isInside(path)) {
      const message = `\`${shown(text)}\` is outside of the configuration`
      const remedy = "put the file into the folder and name it relative to it"
      return nothing(problem("file.outside", place, message, remedy))
    }
    // One name for one file, however it is referred to: what was read under another is read again.
    const name = isBelow(root, path) ? relative(root, path) : path
    const reading = reader.read(path, shown(name), pass)
    const [first] = reading.problems
    if (first?.code.startsWith("file.")) return notFound(text, place, first)
    if (owner !== "gateway") found.set(text, reading)
    return reading
  }
}

const longestPath = 4096

function nothing(found: Problem): FileReading<CertificateEntry> {
  return { value: undefined, problems: [found] }
}

function notFound(
  text: string,
  place: Place,
  cause: Problem | undefined,
): FileReading<CertificateEntry> {
  const why = cause === undefined || cause.code === "file.missing" ? "" : `: ${cause.message}`
  const message = `\`${shown(text)}\` is neither PEM, nor an id, nor a file that can be read${why}`
  const remedy = "name a file of the folder, or the id of a stored certificate, or remove the entry"
  return nothing(problem("allow_list.unresolved", place, message, remedy))
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
