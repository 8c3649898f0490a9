import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { UsageError } from "./terminal.ts"

/** Writes the text of a vector file into a folder, which is made if it is not there; returns the path. */
export function writeCounterexample(folder: string, id: string, text: string): string {
  const path = join(folder, `${id.replaceAll(/[^a-z0-9.-]/gi, "_")}.json`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${String(error)}`)
  }
  return path
}
