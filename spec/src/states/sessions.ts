import { combine, places } from "./combine.ts"
import { sessionClasses } from "./dimensions.ts"
import { credentials, record, token, unknownToken } from "./parts.ts"
import { type CredentialState, noToken, type SessionState } from "./state.ts"

const { certificate, bindings } = sessionClasses

/**
 * Whose it is: a secret key, a computable key, and a secret key of another organisation. A computable key of
 * another organisation is unknown twice over; which of the two reasons is first cannot be seen.
 */
const origins: readonly Pick<SessionState, "org" | "secret">[] = [
  record(),
  record({ secret: "no" }),
  record({ org: "other" }),
].map(({ org, secret }) => ({ org, secret }))

/**
 * Check reads nothing but these three attributes, last of all: in force, and each way to fail alone.
 * All their combinations are the product of checks.
 */
const checks: readonly Pick<SessionState, "active" | "expiry" | "apis">[] = [
  record({ expiry: "later", apis: "holds" }),
  record({ expiry: "later", apis: "holds", active: "no" }),
  record({ expiry: "past", apis: "holds" }),
  record({ expiry: "later", apis: "lacks" }),
].map(({ active, expiry, apis }) => ({ active, expiry, apis }))

/** Every session of the great product. */
export const sessions: readonly SessionState[] = combine({
  origin: origins,
  check: checks,
  certificate: places(certificate),
  bindings: places(bindings),
}).map(({ origin, check, ...ties }) => ({ ...origin, ...check, ...ties }))

/** The sessions that differ from this one in exactly one attribute. */
export function neighbours(session: SessionState): SessionState[] {
  const changed = [
    ...[0, 1].map((org) => ({ ...session, org })),
    ...[0, 1].map((secret) => ({ ...session, secret })),
    ...checks.map((check) => ({ ...session, ...check })),
    ...places(certificate).map((named) => ({ ...session, certificate: named })),
    ...places(bindings).map((bound) => ({ ...session, bindings: bound })),
  ]
  return changed.filter((other) => !alike(other, session))
}

/** No session anywhere: nothing or an unknown token, whatever is known of the leaf. */
const withoutSession: readonly CredentialState[] = [
  noToken,
  unknownToken(),
  unknownToken("L"),
  unknownToken("other"),
  unknownToken("malformed"),
].flatMap((authToken) =>
  (["absent", "enrolled", "unenrolled"] as const).map((holder) =>
    credentials({ authToken, holder }),
  ),
)

/** The certificate's session alone: without a token, or beside an unknown one; the holder speaks of L or is ignored. */
function byCertificate(another: SessionState): CredentialState[] {
  return [noToken, unknownToken()].flatMap((authToken) =>
    (["enrolled", "unenrolled", "other leaf", "other org"] as const).map((holder) =>
      credentials({ authToken, holder, another }),
    ),
  )
}

/**
 * The token's session, and the certificate's absent, the same, or another that differs in at most one attribute.
 * A holder that must be ignored, or that is not enrolled, ends the rules before they ask how the two differ.
 */
function byToken(session: SessionState): CredentialState[] {
  const authToken = token(session)
  return [
    credentials({ authToken }),
    credentials({ authToken, holder: "other leaf", same: true }),
    credentials({ authToken, holder: "other org", same: true }),
    credentials({ authToken, holder: "unenrolled" }),
    credentials({ authToken, holder: "unenrolled", same: true }),
    credentials({ authToken, holder: "unenrolled", another: session }),
    credentials({ authToken, holder: "enrolled" }),
    credentials({ authToken, holder: "enrolled", same: true }),
    ...[session, ...neighbours(session)].map((another) =>
      credentials({ authToken, holder: "enrolled", another }),
    ),
  ]
}

/** A confirmation is compared with L after all else of Bind: the certificate's session is the token's or absent. */
function confirmed(session: SessionState): CredentialState[] {
  return (["L", "other", "malformed"] as const).flatMap((confirmation) => {
    const authToken = token(session, confirmation)
    return [
      credentials({ authToken }),
      credentials({ authToken, holder: "enrolled", same: true }),
      credentials({ authToken, holder: "unenrolled", same: true }),
    ]
  })
}

/** The certificate's session absent, the same, or differing in exactly one attribute. */
export const nearCredentials: readonly CredentialState[] = [
  ...withoutSession,
  ...sessions.flatMap(byCertificate),
  ...sessions.flatMap(byToken),
  ...sessions.flatMap(confirmed),
]

/** The certificate's session any other one: what `nearCredentials` leaves out. Made on demand, it is long. */
export function farCredentials(): CredentialState[] {
  return sessions.flatMap((session) => {
    const authToken = token(session)
    const near = [session, ...neighbours(session)]
    return sessions
      .filter((another) => !near.some((one) => alike(one, another)))
      .map((another) => credentials({ authToken, holder: "enrolled", another }))
  })
}

function alike(one: SessionState, two: SessionState): boolean {
  return (Object.keys(one) as (keyof SessionState)[]).every((key) => one[key] === two[key])
}
