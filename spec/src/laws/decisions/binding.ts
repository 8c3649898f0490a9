import type { Mechanism, Request } from "@countersign/engine"
import fc from "fast-check"
import type { CaseSession, DecisionCase } from "../../vectors/decision-case.ts"
import { answer, concrete, decider } from "../answer.ts"
import { decisions } from "../arbitrary/cases.ts"
import { overTls } from "../arbitrary/peers.ts"
import { flags, identified } from "../arbitrary/policies.ts"
import { records } from "../arbitrary/records.ts"
import { mostly } from "../arbitrary/values.ts"
import {
  enrolledLeaf,
  groupsOf,
  holderSession,
  isBound,
  isSame,
  sessionOf,
  tokenFor,
  validLeaf,
} from "../facts.ts"
import type { Law } from "../law.ts"
import { whereAllowed } from "../make-law.ts"

const enforced = flags.map((some) => ({ ...some, certificateTokenBinding: true }))

/** The session that a mechanism reads: the presented token's, otherwise the certificate's. */
function sessionFor(one: DecisionCase, mechanism: Mechanism): CaseSession | undefined {
  const token = tokenFor(one, mechanism)
  if (token !== undefined) return sessionOf(token)
  const isDynamic = mechanism._tag === "authToken" && mechanism.certificate
  return isDynamic ? holderSession(one) : undefined
}

/** Whether the bindings of what a mechanism reads are kept. */
function isKept(one: DecisionCase, mechanism: Mechanism): boolean {
  const session = sessionFor(one, mechanism)
  if (session === undefined) return false
  if (session.bindings === "none") return true
  const leaf = enrolledLeaf(one)
  return leaf !== undefined && isBound(session, leaf)
}

function isBoundAnywhere(one: DecisionCase): boolean {
  const sessions = groupsOf(one.policy)
    .flat()
    .map((mechanism) => sessionFor(one, mechanism))
  return sessions.some((session) => session !== undefined && session.bindings !== "none")
}

/**
 * Outside: an API without identity reads no token, one that takes a JWT reads no other token and the
 * other way round, and of alternatives only the group counts that allowed; a token that another group
 * would have refused is forgiven there.
 */
const bound = whereAllowed(
  {
    id: "a-bound-token-comes-with-its-certificate",
    sentence:
      "on every API, a bound session that a mechanism reads in the group that allowed binds the presented leaf, which is valid, enrolled and presented to this host, while binding is enforced",
    sources: [
      "S4",
      "design:bind",
      "design:stricter/bound-everywhere",
      "advisory:stolen-token",
      "advisory:binding-only-with-allow-list",
    ],
    onlyCatches: "none",
  },
  {
    cases: decisions({ identity: identified, flags: enforced, connection: overTls }),
    concerns: (_, one) => isBoundAnywhere(one),
    broken: (_, one) =>
      groupsOf(one.policy).some((group) => group.every((mechanism) => isKept(one, mechanism)))
        ? undefined
        : "a session that was read does not bind the certificate",
  },
)

function isConfirmed(one: DecisionCase, mechanism: Mechanism): boolean {
  const { confirmation = "none" } = tokenFor(one, mechanism) ?? {}
  if (confirmation === "none") return true
  const leaf = validLeaf(one)
  return confirmation !== "malformed" && leaf !== undefined && isSame(confirmation, leaf)
}

const confirmed = whereAllowed(
  {
    id: "a-confirmation-equals-the-certificate",
    sentence:
      "whatever the flags, the confirmation of a token that is read in the group that allowed equals the leaf, in its time and for this host; a malformed one equals none",
    sources: ["design:bind", "RFC 8705 §3.1", "advisory:confirmation-not-checked"],
    onlyCatches: "confirmation-is-not-read",
  },
  {
    cases: decisions({
      identity: identified,
      confirmation: mostly("alice", "none", "bob", "malformed"),
    }),
    concerns: (_, one) =>
      groupsOf(one.policy)
        .flat()
        .some((mechanism) => (tokenFor(one, mechanism)?.confirmation ?? "none") !== "none"),
    broken: (_, one) =>
      groupsOf(one.policy).some((group) => group.every((mechanism) => isConfirmed(one, mechanism)))
        ? undefined
        : "a token that was read is confirmed for another certificate",
  },
)

/** What a list of bindings may become when somebody cannot read it. */
const unreadable: readonly unknown[] = [
  [],
  null,
  "",
  "all",
  0,
  Number.NaN,
  true,
  {},
  [null],
  [""],
  new Set(),
]

const boundStore = fc.tuple(records("s1"), records("s2")).map(
  ([one, other]) =>
    [
      { ...one, bindings: ["alice"] },
      { ...other, bindings: ["alice"] },
    ] as const,
)

/** The request of a case whose every list of bindings is this value instead. */
function unbound(one: DecisionCase, bindings: unknown): Request {
  const { request } = concrete(one)
  const { authToken, jwt } = request.credentials
  const changed = <T>(owner: T): T =>
    typeof owner === "object" && owner !== null && "session" in owner
      ? { ...owner, session: Object.assign({}, owner.session, { bindings }) }
      : owner
  return {
    ...request,
    credentials: { authToken: changed(authToken), jwt: changed(jwt) },
    ...(request.holder !== undefined && { holder: changed(request.holder) }),
  }
}

/** The case itself is sound; what is put in the place of its lists is named where the law is broken. */
const unreadableList: Law = {
  id: "a-list-that-cannot-be-read-binds-to-nothing",
  sentence:
    "a session whose list of bindings is empty, or anything but a list of fingerprints, opens nothing while binding is enforced",
  sources: ["design:bind", "advisory:unreadable-binds-to-nothing"],
  onlyCatches: "none",
  weight: 4,
  cases: decisions({ identity: identified, flags: enforced, store: boundStore }).map((one) => [
    one,
  ]),
  concerns: (subject, cases) => cases.some((one) => answer(subject, one)._tag === "Allow"),
  broken: (subject, cases) => {
    for (const one of cases) {
      const decide = decider(subject, concrete(one).input)
      const opening = unreadable.find((value) => decide(unbound(one, value))._tag === "Allow")
      if (opening !== undefined) return `allows where the bindings are ${JSON.stringify(opening)}`
    }
    return undefined
  },
}

export const binding: readonly Law[] = [bound, confirmed, unreadableList]
