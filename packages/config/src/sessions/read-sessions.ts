import { canonicalKey } from "@countersign/http"
import { type Place, problem, type Report } from "../problem.ts"
import type { KnownSession } from "./known-session.ts"
import { readSession, type SessionContext } from "./session.ts"
import type { RawSession } from "./session-file.ts"

/** Sessions and where they stand, by store key. */
export interface ReadSessions {
  readonly sessions: ReadonlyMap<string, KnownSession>
  readonly places: ReadonlyMap<string, Place>
}

/** Reads sessions by store key; two of one key, in whatever spelling, are reported. */
export function readSessions(
  raw: readonly RawSession[],
  context: SessionContext,
  report: Report,
): ReadSessions {
  const sessions = new Map<string, KnownSession>()
  const places = new Map<string, Place>()
  const seen = new Map<string, RawSession>()
  for (const one of raw) {
    const { key, value, place } = one
    const session = readSession(key, value, place, context, report)
    if (session === undefined) continue
    const canonical = canonicalKey(session.orgId, key)
    const same = JSON.stringify([canonical.orgId, canonical.id])
    const first = seen.get(same)
    if (first !== undefined) {
      const where = `${first.place.file}, ${first.place.place}`
      const message = `the same key, perhaps in another spelling, has a session in ${where}`
      report(problem("session.duplicate", place, message, "keep one of the two"))
    }
    seen.set(same, one)
    sessions.set(key, session)
    places.set(key, place)
  }
  return { sessions, places }
}
