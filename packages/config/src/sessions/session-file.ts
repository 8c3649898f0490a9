import { linesOf } from "../document/line.ts"
import { parseJson } from "../document/parse-json.ts"
import { isRecord } from "../document/record.ts"
import type { JsonNotes } from "../document/scan-json.ts"
import { type Place, problem, type Report } from "../problem.ts"

/** A session document under its store key, not yet read. */
export interface RawSession {
  readonly key: string
  readonly value: unknown
  readonly place: Place
}

/** Members that only a session has; one of them tells a session from a list of sessions. */
const sessionMembers: ReadonlySet<string> = new Set([
  "org_id",
  "access_rights",
  "apply_policies",
  "apply_policy_id",
  "certificate",
  "mtls_static_certificate_bindings",
  "expires",
  "is_inactive",
  "allowance",
  "rate",
  "per",
  "quota_max",
  "quota_remaining",
  "quota_renews",
  "quota_renewal_rate",
  "meta_data",
  "alias",
  "tags",
  "date_created",
  "last_updated",
  "last_check",
  "hmac_enabled",
  "jwt_data",
  "basic_auth_data",
])

/** The sessions of a file: one, whose key is the file's name, or an object of sessions by key. */
export function readSessionFile(
  text: string,
  key: string,
  place: Place,
  report: Report,
): readonly RawSession[] {
  const notes: JsonNotes = { members: new Map(), inexact: [] }
  const parsed = parseJson(text, place.file, notes)
  if ("code" in parsed) {
    report(parsed)
    return []
  }
  const lines = linesOf(text, notes.members.values())
  const byName = [...notes.members.keys()].map((name, i) => [name, lines[i]] as const)
  return sessionsOf(parsed.value, key, place, new Map(byName), report)
}

function sessionsOf(
  value: unknown,
  name: string,
  place: Place,
  lines: ReadonlyMap<string, number | undefined>,
  report: Report,
): readonly RawSession[] {
  if (!isRecord(value)) {
    const remedy = "write one session, or an object of sessions by key"
    report(problem("document.type", place, "this is not a session", remedy))
    return []
  }
  if (Object.keys(value).some((member) => sessionMembers.has(member))) {
    return [{ key: name, value, place }]
  }
  return Object.entries(value).map(([key, session], i) => ({
    key,
    value: session,
    place: placeOfKey(place, i, lines.get(key)),
  }))
}

/** By number and line: a store key is the token itself, and no part of it is ever shown. */
function placeOfKey({ file, place }: Place, index: number, line: number | undefined): Place {
  const where = line === undefined ? "" : `, line ${line}`
  return { file, place: `${place} (session ${index + 1}${where})` }
}

/** A session's file by its number, in the order of names: its name is a key. */
export function shownSessionFile(_name: string, index: number): string {
  return `sessions (file ${index + 1})`
}
