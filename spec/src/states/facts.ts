import type { Fingerprint, Interval, Session, TrustPath } from "@countersign/engine"
import { fingerprint, session } from "@countersign/engine"
import { connectionClasses, pathClasses, sessionClasses } from "./dimensions.ts"
import type { Class, PathState, SessionState } from "./state.ts"

const SECOND = 1000
const DAY = 86_400 * SECOND

/** The second at which every state is decided; all other instants are given relative to it. */
export const NOW: number = Date.UTC(2026, 5, 15, 12, 0, 0)

/** L, and a stranger that differs from it in the last bit only. */
export const LEAF_HEX: string = "9d41c7a2".repeat(8)
export const OTHER_HEX: string = `${LEAF_HEX.slice(0, -1)}3`
export const ANCHORS_HEX: readonly string[] = ["51b7e08c".repeat(8), "e6024f9d".repeat(8)]
const FOREIGN_ANCHOR_HEX = "0f3a9c55".repeat(8)

export const API = "orders"
export const ORG = "acme"
export const OTHER_ORG = "globex"

/** Where a record comes from: two records are never one, even when all else is equal. */
export type RecordId = "token's record" | "certificate's record" | "jwt's record"

const intervals: Readonly<
  Record<(typeof connectionClasses.validity)[number], Interval | "absent">
> = {
  inside: { notBefore: NOW - DAY, notAfter: NOW + DAY },
  before: { notBefore: NOW + DAY, notAfter: NOW + 3 * DAY },
  after: { notBefore: NOW - 3 * DAY, notAfter: NOW - DAY },
  absent: "absent",
  "a second before": { notBefore: NOW + SECOND, notAfter: NOW + DAY },
  "first second": { notBefore: NOW, notAfter: NOW + DAY },
  "last second": { notBefore: NOW - DAY, notAfter: NOW },
  "a second after": { notBefore: NOW - DAY, notAfter: NOW - SECOND },
  "NaN notBefore": { notBefore: Number.NaN, notAfter: NOW + DAY },
  "NaN notAfter": { notBefore: NOW - DAY, notAfter: Number.NaN },
}

const revocations: Readonly<Record<(typeof pathClasses.status)[number], TrustPath["revocation"]>> =
  {
    good: { status: "good", freshUntil: NOW + DAY },
    stale: { status: "good", freshUntil: NOW - DAY },
    unknown: { status: "unknown", freshUntil: NOW + DAY },
    revoked: { status: "revoked", freshUntil: NOW + DAY },
    "revoked, stale": { status: "revoked", freshUntil: NOW - DAY },
    "good, last second": { status: "good", freshUntil: NOW },
    "good, a second after": { status: "good", freshUntil: NOW - SECOND },
    "good, NaN": { status: "good", freshUntil: Number.NaN },
  }

const expiries: Readonly<Record<(typeof sessionClasses.expiry)[number], number | "never">> = {
  never: "never",
  later: NOW + DAY,
  past: NOW - DAY,
  "last second": NOW,
  "a second after": NOW - SECOND,
  NaN: Number.NaN,
}

const apiSets: Readonly<Record<(typeof sessionClasses.apis)[number], readonly string[] | "all">> = {
  all: "all",
  holds: ["invoices", API],
  lacks: ["invoices"],
  empty: [],
}

const certificates: Readonly<
  Record<
    (typeof sessionClasses.certificate)[number],
    { sha256: string; enrolled: boolean } | "none"
  >
> = {
  none: "none",
  "L enrolled": { sha256: LEAF_HEX, enrolled: true },
  "L unenrolled": { sha256: LEAF_HEX, enrolled: false },
  "other enrolled": { sha256: OTHER_HEX, enrolled: true },
  "other unenrolled": { sha256: OTHER_HEX, enrolled: false },
}

const bindingLists: Readonly<
  Record<(typeof sessionClasses.bindings)[number], readonly string[] | "none">
> = {
  none: "none",
  empty: [],
  L: [LEAF_HEX],
  other: [OTHER_HEX],
  "other and L": [OTHER_HEX, LEAF_HEX],
}

/** The class's name, by its place. */
export function nameOf<const C extends readonly string[]>(classes: C, place: Class): C[number] {
  const name = classes[place]
  if (name === undefined) throw new RangeError(`no class ${place} among ${classes.join(", ")}`)
  return name
}

export function intervalOf(place: Class): Interval | "absent" {
  return intervals[nameOf(connectionClasses.validity, place)]
}

export function pathOf({ anchor, time, status }: PathState, position: number): TrustPath {
  const interval = intervals[nameOf(pathClasses.time, time)]
  if (interval === "absent") throw new RangeError("a path has an interval")
  const ours = nameOf(pathClasses.anchor, anchor) === "ours"
  const hex = ours ? ANCHORS_HEX[position % ANCHORS_HEX.length] : FOREIGN_ANCHOR_HEX
  return {
    ...interval,
    anchor: fingerprint(hex ?? FOREIGN_ANCHOR_HEX),
    revocation: revocations[nameOf(pathClasses.status, status)],
  }
}

export function leafFingerprint(): Fingerprint {
  return fingerprint(LEAF_HEX)
}

const sessions = new Map<string, Session>()

/** The record of these classes; made once, so that records are shared like a store's. */
export function recordOf(state: SessionState, id: RecordId): Session {
  const { org, secret, active, expiry, apis, certificate, bindings } = state
  const key = `${id} ${org}${secret}${active}${expiry}${apis}${certificate}${bindings}`
  const made = sessions.get(key) ?? makeRecord(state, id)
  sessions.set(key, made)
  return made
}

function makeRecord(state: SessionState, id: RecordId): Session {
  const expiresAt = expiries[nameOf(sessionClasses.expiry, state.expiry)]
  const record = session({
    id,
    orgId: nameOf(sessionClasses.org, state.org) === "ours" ? ORG : OTHER_ORG,
    active: nameOf(sessionClasses.active, state.active) === "yes",
    expiresAt: "never",
    apis: apiSets[nameOf(sessionClasses.apis, state.apis)],
    certificate: certificates[nameOf(sessionClasses.certificate, state.certificate)],
    bindings: bindingLists[nameOf(sessionClasses.bindings, state.bindings)],
    secret: nameOf(sessionClasses.secret, state.secret) === "yes",
  })
  return { ...record, expiresAt }
}
