import { type BigIntStats, statSync } from "node:fs"
import { sha256 } from "@countersign/x509/node"
import { decodeText, readBytes } from "./document/read-text.ts"
import type { Problem, Report } from "./problem.ts"

/** What a file holds, and what is wrong with it. The same object as long as the content is the same. */
export interface FileReading<A> {
  readonly value: A | undefined
  readonly problems: readonly Problem[]
}

/** One loading of a configuration; a file is looked at once in it. */
export interface Pass {
  /** The files that were added, changed or removed; undefined where nobody knows. */
  readonly changed: ReadonlySet<string> | undefined
  /** Whether a file that was read before may have changed since. */
  readonly mayHaveChanged: (path: string) => boolean
}

export interface FileReader<A> {
  /** Reads a file, or remembers what it read when the file has not changed since. */
  readonly read: (path: string, name: string, pass: Pass) => FileReading<A>
  /** Forgets the files that a pass did not ask for. */
  readonly prune: (pass: Pass) => void
}

interface Remembered<A> {
  readonly name: string
  readonly stamp: string | undefined
  readonly digest: string | undefined
  readonly reading: FileReading<A>
  pass: Pass
}

/** Makes a reader of one kind of text file; see `createBytesReader`. */
export function createFileReader<A>(limit: number, parse: Parse<string, A>): FileReader<A> {
  return createBytesReader(limit, (bytes, path, name, report) => {
    const text = decodeText(bytes, name)
    if (typeof text === "string") return parse(text, path, name, report)
    report(text)
    return undefined
  })
}

/** Makes a value of what a file holds; undefined where there is none, with the reason reported. */
export type Parse<Content, A> = (
  content: Content,
  path: string,
  name: string,
  report: Report,
) => A | undefined

/**
 * Makes a reader of one kind of file that parses each content once.
 *
 * A file whose size and times have not changed is not read again, unless it was changed so shortly before
 * it was read that a second change could have the same time.
 */
export function createBytesReader<A>(limit: number, parse: Parse<Uint8Array, A>): FileReader<A> {
  const files = new Map<string, Remembered<A>>()
  const remember = (path: string, fresh: Remembered<A>): FileReading<A> => {
    files.set(path, fresh)
    return fresh.reading
  }
  const read = (path: string, name: string, pass: Pass): FileReading<A> => {
    const known = files.get(path)
    if (known?.name === name && (known.pass === pass || !pass.mayHaveChanged(path))) {
      known.pass = pass
      return known.reading
    }
    const stamp = stampOf(path)
    if (known?.name === name && stamp !== undefined && known.stamp === stamp) {
      known.pass = pass
      return known.reading
    }
    const bytes = readBytes(path, name, limit)
    if (!(bytes instanceof Uint8Array)) {
      const reading = { value: undefined, problems: [bytes] }
      return remember(path, { name, stamp: undefined, digest: undefined, reading, pass })
    }
    const digest = sha256(bytes)
    const same = known?.digest === digest && known.name === name
    const reading = same ? known.reading : parsed(bytes, path, name)
    return remember(path, { name, stamp, digest, reading, pass })
  }
  const parsed = (bytes: Uint8Array, path: string, name: string): FileReading<A> => {
    const problems: Problem[] = []
    const value = parse(bytes, path, name, (found) => problems.push(found))
    return { value, problems }
  }
  const prune = (pass: Pass): void => {
    for (const [path, known] of files) if (known.pass !== pass) files.delete(path)
  }
  return { read, prune }
}

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
