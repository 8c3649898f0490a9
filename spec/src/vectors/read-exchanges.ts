import { readFileSync } from "node:fs"
import { advisoryClasses } from "../advisory-classes.ts"
import { decoder } from "./decode.ts"
import { ExchangeDocument, type ExchangeVector, type ExchangeWorld } from "./exchange.ts"
import { checkVector, checkWorld } from "./exchange-names.ts"
import { kindOfFile } from "./kind-of-file.ts"
import { type Json, parseJson } from "./parse-json.ts"
import { inOrder, type Problem, type Read, unreadableFile } from "./problem.ts"

/** A vector with the world that its names are of. */
export interface ExchangeCase extends ExchangeVector {
  readonly world: ExchangeWorld
}

/** Reads one file of exchanges; everything that is wrong with it is a problem with its line. */
export function readExchangeFile(path: string, text: string): Read<ExchangeCase> {
  return join([readOne(path, text)])
}

/** Reads files of exchanges, whose ids must differ over all of them. */
export function readExchanges(paths: readonly string[]): Read<ExchangeCase> {
  return join(paths.map(readFile))
}

interface Located {
  readonly vector: ExchangeCase
  readonly line: number
}

interface FileParts {
  readonly path: string
  readonly located: readonly Located[]
  readonly problems: readonly Problem[]
}

function readFile(path: string): FileParts {
  try {
    return readOne(path, readFileSync(path, "utf8"))
  } catch (error) {
    return {
      path,
      located: [],
      problems: [{ file: path, line: 1, message: unreadableFile(error) }],
    }
  }
}

const decode = decoder(ExchangeDocument)

function readOne(path: string, text: string): FileParts {
  const json = parseJson(text)
  if (!("value" in json)) {
    return { path, located: [], problems: json.map((one) => ({ file: path, ...one })) }
  }
  if (kindOfFile(json.value) === "decisions") {
    const message = "these are decision vectors, which cannot be asked of a gateway"
    return { path, located: [], problems: [{ file: path, line: 1, message }] }
  }
  const decoded = decode(json.value)
  if (!("value" in decoded)) {
    const problems = decoded.map((fault) => problemAt(path, json, fault.path, fault.message))
    return { path, located: [], problems }
  }
  const { world, vectors } = decoded.value
  const problems: Problem[] = []
  const complainBelow =
    (...base: readonly PropertyKey[]) =>
    (at: readonly PropertyKey[], message: string): void => {
      problems.push(problemAt(path, json, [...base, ...at], message))
    }
  checkWorld(world, complainBelow("world"))
  const asked = new Map<string, string>()
  const located = vectors.map((vector, i): Located => {
    const complain = complainBelow("vectors", i)
    checkVector(vector, world, complain)
    const question = normalised(vector)
    const before = asked.get(question)
    if (before !== undefined) complain([], `asks the same as \`${before}\``)
    asked.set(question, vector.id)
    vector.sources.forEach((source, at) => {
      if (!isKnownClass(source)) complain(["sources", at], `no class is called \`${source}\``)
    })
    return { vector: { ...vector, world }, line: json.lineOf(["vectors", i]) }
  })
  return { path, located, problems }
}

/** What is asked, whatever the order of members; two vectors of one world must ask two things. */
function normalised({ gateway = {}, present }: ExchangeVector): string {
  const { headers = {} } = present
  const sorted = [gateway, { ...present, headers: "" }, headers].map((part) =>
    Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
  return JSON.stringify(sorted)
}

function problemAt(
  file: string,
  { lineOf }: Json,
  path: readonly PropertyKey[],
  message: string,
): Problem {
  const place = path.length === 0 ? "" : `${path.map(String).join(".")}: `
  return { file, line: lineOf(path), message: place + message }
}

const prefix = "advisory:"

function isKnownClass(source: string): boolean {
  return !source.startsWith(prefix) || Object.hasOwn(advisoryClasses, source.slice(prefix.length))
}

function join(files: readonly FileParts[]): Read<ExchangeCase> {
  const problems = files.flatMap((file) => file.problems)
  const first = new Map<string, string>()
  const twice: Problem[] = []
  for (const { path: file, located } of files) {
    for (const { vector, line } of located) {
      const before = first.get(vector.id)
      if (before === undefined) first.set(vector.id, `${file}:${line}`)
      else twice.push({ file, line, message: `the id \`${vector.id}\` is taken: ${before}` })
    }
  }
  const all = inOrder([...problems, ...twice])
  if (all.length > 0) return { _tag: "problems", problems: all }
  const vectors = files.flatMap(({ located }) => located.map(({ vector }) => vector))
  return { _tag: "vectors", vectors }
}
