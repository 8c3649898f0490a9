import {
  connectionClasses,
  holderClasses,
  pathClasses,
  sessionClasses,
} from "../states/dimensions.ts"
import type { CredentialState, PathState } from "../states/state.ts"
import { look, outcome, type Table, table } from "./table.ts"

/** L at this instant; `none`: there is no L. */
export const leafOutcomes = ["none", "valid", "future", "past"] as const

export const LEAF: Table = table(
  "the leaf",
  { transport: connectionClasses.transport, validity: connectionClasses.validity },
  leafOutcomes,
  [
    { cite: "§2 Connection: no TLS = no certificate", when: { transport: "plain" }, gives: "none" },
    { cite: "§2 Connection: no peer", when: { transport: "bare" }, gives: "none" },
    {
      cite: "§3 Valid: notBefore ≤ now ∧ now ≤ notAfter",
      when: { validity: ["inside", "first second", "last second"] },
      gives: "valid",
    },
    {
      cite: "§3 otherwise not yet valid if now < notBefore",
      when: { validity: ["before", "a second before"] },
      gives: "future",
    },
    { cite: "§3 an interval that is absent", when: { validity: "absent" }, gives: "past" },
    { cite: "§3 else expired (NaN too)", when: {}, gives: "past" },
  ],
)

export const yesNo = ["no", "yes"] as const

export const ENROLLED: Table = table(
  "enrolment",
  { leaf: leafOutcomes, holder: holderClasses.holder },
  yesNo,
  [
    { cite: "§2 Holder: there is no leaf", when: { leaf: "none" }, gives: "no" },
    {
      cite: "§2 Holder: matches, enrolled",
      when: { holder: "enrolled" },
      gives: "yes",
    },
    { cite: "§2 Holder: absent, ignored or not enrolled", when: {}, gives: "no" },
  ],
)

/** The session that the certificate identifies, related to the authToken's. */
export const holderSessionOutcomes = ["none", "same", "another"] as const

export const HOLDER_SESSION: Table = table(
  "the certificate's session",
  {
    leaf: leafOutcomes,
    holder: holderClasses.holder,
    relation: holderClasses.relation,
    org: sessionClasses.org,
    certificate: sessionClasses.certificate,
  },
  holderSessionOutcomes,
  [
    { cite: "§2 Holder: there is no leaf", when: { leaf: "none" }, gives: "none" },
    {
      cite: "§2 Holder: ignored unless leaf and orgId match",
      when: { holder: ["absent", "other leaf", "other org"] },
      gives: "none",
    },
    { cite: "§2 Holder: session absent", when: { relation: "absent" }, gives: "none" },
    { cite: "§3 organisations are compared", when: { org: "other" }, gives: "none" },
    {
      cite: "§2 Holder: its session counts only if that session names this leaf",
      when: { certificate: ["none", "other enrolled", "other unenrolled"] },
      gives: "none",
    },
    { cite: "§3 D3: it is the token's record", when: { relation: "same" }, gives: "same" },
    { cite: "§3 D3: it is another record", when: {}, gives: "another" },
  ],
)

/** What one path shows, worst first. */
export const pathOutcomes = ["none", "past", "future", "unconfirmed", "good"] as const

export const PATH: Table = table("a path", pathClasses, pathOutcomes, [
  { cite: "A5: to one of anchors", when: { anchor: "foreign" }, gives: "none" },
  {
    cite: "A7: not yet valid if now < notBefore",
    when: { time: ["before", "a second before"] },
    gives: "future",
  },
  {
    cite: "A7: else expired",
    when: { time: ["after", "a second after", "NaN notBefore", "NaN notAfter"] },
    gives: "past",
  },
  {
    cite: "Revocation: good and now ≤ freshUntil",
    when: { status: ["good", "good, last second"] },
    gives: "good",
  },
  { cite: "Revocation: unknown or now > freshUntil", when: {}, gives: "unconfirmed" },
])

/** Of two paths the one that serves better; of two out of time, the one that ends last. */
export const BETTER_PATH: Table = table(
  "two paths",
  { one: pathOutcomes, two: pathOutcomes },
  pathOutcomes,
  [
    { cite: "A5: some path", when: { one: "good" }, gives: "good" },
    { cite: "A5: some path, the other one", when: { two: "good" }, gives: "good" },
    { cite: "A7: only revocation is missing", when: { one: "unconfirmed" }, gives: "unconfirmed" },
    { cite: "A7: the other one", when: { two: "unconfirmed" }, gives: "unconfirmed" },
    { cite: "of several paths, the one that ends last", when: { one: "future" }, gives: "future" },
    { cite: "the one that ends last, the other one", when: { two: "future" }, gives: "future" },
    { cite: "A7: out of its time", when: { one: "past" }, gives: "past" },
    { cite: "A7: out of its time, the other one", when: { two: "past" }, gives: "past" },
    { cite: "A8", when: {}, gives: "none" },
  ],
)

export const REVOKED: Table = table("revocation", { status: pathClasses.status }, yesNo, [
  {
    cite: "Revocation: a leaf revoked on any path is revoked",
    when: { status: ["revoked", "revoked, stale"] },
    gives: "yes",
  },
  { cite: "Revocation: otherwise", when: {}, gives: "no" },
])

export function lookUpHolderSession(leaf: number, credentials: CredentialState): number {
  const { holder, relation, holderSession } = credentials
  return look(HOLDER_SESSION, leaf, holder, relation, holderSession.org, holderSession.certificate)
}

export function bestPath(paths: readonly PathState[]): number {
  let best = 0
  for (const { anchor, time, status } of paths) {
    const one = outcome(PATH, look(PATH, anchor, time, status))
    best = outcome(BETTER_PATH, look(BETTER_PATH, best, one))
  }
  return best
}

/** `listed`: a revocation list has the leaf; otherwise some path says it. */
export function isRevoked(listed: number, paths: readonly PathState[]): number {
  if (listed === 1) return listed
  for (const { status } of paths) {
    const revoked = outcome(REVOKED, look(REVOKED, status))
    if (revoked === 1) return revoked
  }
  return 0
}
