import { type Preset, responses } from "@countersign/engine"
import { Shell } from "./decision-file.ts"
import { Peer, Policy, Request, Session, Vector } from "./decision-schema.ts"
import { type Decode, decoder } from "./decode.ts"
import { parseJson } from "./parse-json.ts"
import type { Problem } from "./problem.ts"
import {
  type Complain,
  isRecord,
  resolveRequest,
  resolveVector,
  type Table,
  type Tables,
} from "./resolve-names.ts"
import type { DecisionVector, Refused } from "./vector.ts"

/** What one file holds; a vector that is not sound is its id alone, so that the id stays taken. */
export interface DecisionFileParts {
  readonly vectors: readonly {
    readonly id: string
    readonly file: string
    readonly line: number
    readonly vector: DecisionVector | undefined
  }[]
  readonly problems: readonly Problem[]
}

/** Characters; files of vectors are read by people. */
const LONGEST = 4_000_000

const shell = decoder(Shell)
const vectorOf = decoder(Vector)
const partDecoders: Readonly<Record<keyof Tables, Decode<object>>> = {
  policies: decoder(Policy),
  sessions: decoder(Session),
  peers: decoder(Peer),
  requests: decoder(Request),
}

/** Reads a file's vectors, complete and checked, or says what is wrong with it; total. */
export function readDecisionParts(file: string, text: string): DecisionFileParts {
  if (text.length > LONGEST) return refused(file, `more than ${LONGEST} characters`)
  const json = parseJson(text)
  if (!("value" in json)) {
    return { vectors: [], problems: json.map((problem) => ({ file, ...problem })) }
  }
  const problems: Problem[] = []
  const report: Report = (path, message) => {
    problems.push({ file, line: json.lineOf(path), message: said(path, message) })
  }
  const outline = shell(json.value)
  if (!("value" in outline)) {
    for (const { path, message } of outline) report(path, message)
    return { vectors: [], problems }
  }
  const tables = tablesOf(outline.value, report)
  const vectors = outline.value.vectors.map((written, i) => ({
    id: idOf(written) ?? "",
    file,
    line: json.lineOf(["vectors", i, "id"]),
    vector: readVector(written, tables, (path, message) =>
      report(["vectors", i, ...path], message),
    ),
  }))
  return { vectors: vectors.filter(({ id }) => id !== ""), problems }
}

type Report = (path: readonly PropertyKey[], message: string) => void

function refused(file: string, message: string): DecisionFileParts {
  return { vectors: [], problems: [{ file, line: 1, message }] }
}

function said(path: readonly PropertyKey[], message: string): string {
  return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`
}

function idOf(written: unknown): string | undefined {
  return isRecord(written) && typeof written["id"] === "string" ? written["id"] : undefined
}

function tablesOf(file: typeof Shell.Type, report: Report): Tables {
  const policies = fill("policies", "policy", file.policies, report, asItStands)
  const sessions = fill("sessions", "session", file.sessions, report, asItStands)
  const peers = fill("peers", "peer", file.peers, report, asItStands)
  const parts = { policies, sessions, peers, requests: emptyTable("request") }
  const requests = fill("requests", "request", file.requests, report, (request, complain) =>
    resolveRequest(request, parts, [], complain),
  )
  return { ...parts, requests }
}

type Resolve = (entry: unknown, complain: Complain) => unknown

function asItStands(entry: unknown): unknown {
  return entry
}

function emptyTable(what: string): Table {
  return { what, entries: new Map(), broken: new Set() }
}

function fill(
  member: keyof Tables,
  what: string,
  written: Readonly<Record<string, unknown>> = {},
  report: Report,
  resolve: Resolve,
): Table {
  const table = emptyTable(what)
  for (const [name, entry] of Object.entries(written)) {
    const below: Report = (path, message) => report([member, name, ...path], message)
    const part = sound(entry, resolve, partDecoders[member], below)
    if (part === undefined) table.broken.add(name)
    else table.entries.set(name, part.value)
  }
  return table
}

/** An entry in full, decoded; everything that is wrong with it is reported once. */
function sound<A>(
  entry: unknown,
  resolve: Resolve,
  decode: Decode<A>,
  report: Report,
): { readonly value: A } | undefined {
  let resolved = true
  const whole = resolve(entry, (path, message) => {
    resolved = false
    if (message !== undefined) report(path, message)
  })
  if (!resolved) return undefined
  const decoded = decode(whole)
  if ("value" in decoded) return decoded
  for (const { path, message } of decoded) report(path, message)
  return undefined
}

function readVector(written: unknown, tables: Tables, report: Report): DecisionVector | undefined {
  const resolve: Resolve = (entry, complain) => resolveVector(entry, tables, complain)
  const vector = sound(written, resolve, vectorOf, report)?.value
  if (vector === undefined) return undefined
  const contradictions = contradictionsOf(vector)
  for (const [path, message] of contradictions) report(path, message)
  return contradictions.length === 0 ? vector : undefined
}

const presets: readonly Preset[] = ["default", "tyk-5.12"]

/** The catalogue says which status a reason has; nobody is named without saying how. */
function contradictionsOf({ expect }: DecisionVector): (readonly [string[], string])[] {
  if ("deny" in expect) return statusesOf(expect.deny)
  const { session, sessionBy, leaf, leafBy } = expect.allow
  const found: (readonly [string[], string])[] = []
  if ((session === "none") !== (sessionBy === "none")) {
    const message = "a session without a way, or a way without a session"
    found.push([["expect", "allow", "sessionBy"], message])
  }
  if ((leaf === "none") !== (leafBy === "none")) {
    const message = "a leaf without a rule, or a rule without a leaf"
    found.push([["expect", "allow", "leafBy"], message])
  }
  return found
}

function statusesOf({ reason, status }: Refused["deny"]): (readonly [string[], string])[] {
  return presets.flatMap((preset) => {
    const expected = responses({ preset })[reason].status
    if (status[preset] === expected) return []
    const message = `the catalogue gives \`${reason}\` the status ${expected}`
    return [[["expect", "deny", "status", preset], message] as const]
  })
}
