import { type BigIntStats, statSync } from "node:fs"
import { sha256 } from "@countersign/x509/node"
import { readText } from "./document/read-text.ts"
import type { Problem, Report } from "./problem.ts"

/** What a file holds, and what is wrong with it. */
export interface FileReading<A> {
  readonly value: A | undefined
  readonly problems: readonly Problem[]
}

export interface FileReader<A> {
  /** Reads a file, or remembers what it read when the file has not changed since. */
  readonly read: (path: string, name: string) => FileReading<A>
}

interface Remembered<A> {
  readonly name: string
  readonly stamp: string | undefined
  readonly digest: string
  readonly reading: FileReading<A>
}

/**
 * Makes a reader of one kind of file that parses each content once.
 *
 * A file whose size and times have not changed is not read again, unless it was changed so shortly before
 * it was read that a second change could have the same time.
 */
export function createFileReader<A>(
  limit: number,
  parse: (text: string, path: string, name: string, report: Report) => A | undefined,
): FileReader<A> {
  const files = new Map<string, Remembered<A>>()
  const read = (path: string, name: string): FileReading<A> => {
    const known = files.get(path)
    const stamp = stampOf(path)
    if (known?.stamp !== undefined && known.stamp === stamp && known.name === name) {
      return known.reading
    }
    const text = readText(path, name, limit)
    if (typeof text !== "string") return { value: undefined, problems: [text] }
    const digest = sha256(encoder.encode(text))
    const same = known?.digest === digest && known.name === name
    const reading = same ? known.reading : parsed(text, path, name)
    files.set(path, { name, stamp, digest, reading })
    return reading
  }
  const parsed = (text: string, path: string, name: string): FileReading<A> => {
    const problems: Problem[] = []
    const value = parse(text, path, name, (found) => problems.push(found))
    return { value, problems }
  }
  return { read }
}

const encoder = new TextEncoder()

/** File systems keep times in steps; a change within one of the last is not seen by its time. */
const settled = 2_000

function stampOf(path: string): string | undefined {
  const facts = factsOf(path)
  if (facts === undefined || !facts.isFile()) return undefined
  const changed = Math.max(Number(facts.ctimeMs), Number(facts.mtimeMs))
  if (Date.now() - changed < settled) return undefined
  return `${facts.dev} ${facts.ino} ${facts.size} ${facts.mtimeNs} ${facts.ctimeNs}`
}

function factsOf(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false, bigint: true })
  } catch {
    return undefined
  }
}
