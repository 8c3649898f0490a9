import { isRecord } from "../document/record.ts"
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
export function sessionsOf(
  value: unknown,
  name: string,
  place: Place,
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
    place: placeOfKey(place, i),
  }))
}

/** By number: a store key is the token itself, and is never shown. */
function placeOfKey({ file, place }: Place, index: number): Place {
  return { file, place: `${place} (session ${index + 1})` }
}

/** The name of a session's file without most of the key that it is. */
export function shownSessionFile(folder: string, name: string): string {
  return name.length > shownKey
    ? `${folder}/${name.slice(0, shownKey)}...json`
    : `${folder}/${name}.json`
}

const shownKey = 6
