import { closeSync, openSync, readSync, statSync } from "node:fs"
import { type Problem, problem } from "../problem.ts"

/**
 * Reads a file of at most `limit` bytes of UTF-8.
 *
 * A byte order mark is dropped. `name` is what problems call the file.
 */
export function readText(path: string, name: string, limit: number): string | Problem {
  const bytes = readBytes(path, name, limit)
  return bytes instanceof Uint8Array ? decodeText(bytes, name) : bytes
}

/** Decodes UTF-8; a byte order mark is dropped. */
export function decodeText(bytes: Uint8Array, name: string): string | Problem {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    const message = "the file is not UTF-8"
    return problem("file.not_utf8", { file: name, place: "$" }, message, "save it as UTF-8")
  }
}

/** Reads a file of at most `limit` bytes. */
export function readBytes(path: string, name: string, limit: number): Uint8Array | Problem {
  const place = { file: name, place: "$" }
  try {
    const facts = statSync(path)
    if (!facts.isFile()) {
      return problem("file.unreadable", place, "this is not a file", "name a file")
    }
    const bytes = facts.size > limit ? undefined : readAtMost(path, limit)
    if (bytes !== undefined) return bytes
    return problem(
      "file.too_large",
      place,
      `the file is larger than ${limit} bytes`,
      "split it into several files",
    )
  } catch (error) {
    return unreadable(error, place)
  }
}

/** The size is checked again while reading: a file may grow, and some kinds say that they are empty. */
function readAtMost(path: string, limit: number): Uint8Array | undefined {
  const handle = openSync(path, "r")
  try {
    const chunks: Uint8Array[] = []
    let total = 0
    for (;;) {
      const chunk = new Uint8Array(Math.min(chunkBytes, limit + 1 - total))
      const length = readSync(handle, chunk, 0, chunk.length, null)
      if (length === 0) return Buffer.concat(chunks)
      total += length
      if (total > limit) return undefined
      chunks.push(chunk.subarray(0, length))
    }
  } finally {
    closeSync(handle)
  }
}

const chunkBytes = 65_536

function unreadable(error: unknown, place: { file: string; place: string }): Problem {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown"
  return code === "ENOENT" || code === "ENOTDIR"
    ? problem("file.missing", place, "there is no such file or folder", "check the path")
    : problem(
        "file.unreadable",
        place,
        `the file cannot be read (${code})`,
        "check its permissions",
      )
}
