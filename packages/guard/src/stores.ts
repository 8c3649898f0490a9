import type { StoredSession } from "./stored-session.ts"

type Maybe<A> = A | Promise<A>

/**
 * Looks up session records by store key: one answer per key, in order, `undefined` for an unknown
 * key. A store that throws, rejects or answers anything else is `guard.unavailable`.
 */
export type FindSessions = (
  keys: readonly string[],
) => Maybe<readonly (StoredSession | undefined)[]>

/** Whether each certificate id (organisation id followed by SHA-256 in hexadecimal) is stored, in order. */
export type FindCertificates = (ids: readonly string[]) => Maybe<readonly boolean[]>

/** Sessions in memory, answered without a promise. The map is read live: a removal counts at once. */
export function memorySessions(sessions: ReadonlyMap<string, StoredSession>): FindSessions {
  return (keys) => keys.map((key) => sessions.get(key))
}

/** Certificate ids in memory, answered without a promise. The set is read live. */
export function memoryCertificates(ids: ReadonlySet<string>): FindCertificates {
  return (wanted) => wanted.map((id) => ids.has(id))
}
