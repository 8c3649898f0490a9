import type { Policy, Request, Session, Verdict } from "@countersign/engine"
import { digest, policyOf, requestOf, sessionOf } from "./world.ts"

/** One kind of request, as many different ones of that kind, and the answer that all of them get. */
export interface DecisionCase {
  readonly name: string
  readonly policy: Policy
  readonly requests: readonly Request[]
  readonly expected: "Allow" | Extract<Verdict, { _tag: "Deny" }>["reason"]
}

const DIFFERENT = 64
const SMALL = 10
const LARGE = 100_000
/** Requests against a large list: enough that neither leaves nor slots stay in a processor's cache. */
const SPREAD = 16_384

/** Twelve requests: each mechanism allowing and denying, with a small and a large allow list. */
export function decisionCases(): readonly DecisionCase[] {
  return [
    ...allowList("allow list of 10", SMALL, DIFFERENT),
    ...allowList("allow list of 100 000", LARGE, SPREAD),
    ...token(),
    ...boundToken(),
    ...dynamic(),
    ...confirmed(),
  ]
}

function allowList(name: string, size: number, count: number): readonly DecisionCase[] {
  const policy = policyOf({ staticMtls: listOf(size) })
  const step = Math.max(1, Math.floor(size / count))
  return [
    allow(name, policy, count, (i) => requestOf({ leaf: digest((i * step) % size) })),
    deny(name, "mtls.cert_not_allowed", policy, count, (i) =>
      requestOf({ leaf: digest(`stranger ${i}`) }),
    ),
  ]
}

/** Without binding: the case of the first goal, the same questions as the floor asks. */
function token(): readonly DecisionCase[] {
  const name = "allow list of 10, token"
  const policy = policyOf({ staticMtls: listOf(SMALL), identity: plainToken })
  return [
    allow(name, policy, DIFFERENT, (i) =>
      requestOf({ leaf: digest(i % SMALL), authToken: sessionOf(i) }),
    ),
    deny(name, "auth.key_expired", policy, DIFFERENT, (i) =>
      requestOf({ leaf: digest(i % SMALL), authToken: sessionOf(i, { expiresAt: 0 }) }),
    ),
  ]
}

function boundToken(): readonly DecisionCase[] {
  const name = "allow list of 10, token with ten bindings"
  const policy = policyOf({ staticMtls: listOf(SMALL), identity: plainToken })
  const request = (i: number, bound: Session): Request =>
    requestOf({ leaf: digest(i % SMALL), authToken: bound, holder: {} })
  return [
    allow(name, policy, DIFFERENT, (i) =>
      request(i, sessionOf(i, { bindings: tenFrom((i % SMALL) - (i % 7)) })),
    ),
    deny(name, "auth.cert_mismatch", policy, DIFFERENT, (i) =>
      request(i, sessionOf(i, { bindings: tenFrom(100 + i) })),
    ),
  ]
}

function dynamic(): readonly DecisionCase[] {
  const name = "certificate identifies the session"
  const policy = policyOf({ identity: { _tag: "authToken", certificate: true } })
  return [
    allow(name, policy, DIFFERENT, (i) => {
      const certificate = { sha256: digest(i), enrolled: true }
      return requestOf({ leaf: digest(i), holder: { session: sessionOf(i, { certificate }) } })
    }),
    deny(name, "auth.cert_mismatch", policy, DIFFERENT, (i) =>
      requestOf({ leaf: digest(i), holder: {} }),
    ),
  ]
}

function confirmed(): readonly DecisionCase[] {
  const name = "JWT with x5t#S256"
  const policy = policyOf({ identity: { _tag: "jwt" } })
  const request = (i: number, confirmation: string): Request =>
    requestOf({ leaf: digest(i), jwt: { session: sessionOf(i), confirmation } })
  return [
    allow(name, policy, DIFFERENT, (i) => request(i, digest(i))),
    deny(name, "auth.cert_mismatch", policy, DIFFERENT, (i) => request(i, digest(i + 1))),
  ]
}

const plainToken = { _tag: "authToken", certificate: false } as const

function allow(
  name: string,
  policy: Policy,
  count: number,
  request: (i: number) => Request,
): DecisionCase {
  return { name: `${name}: allow`, policy, requests: many(count, request), expected: "Allow" }
}

function deny(
  name: string,
  expected: DecisionCase["expected"],
  policy: Policy,
  count: number,
  request: (i: number) => Request,
): DecisionCase {
  return { name: `${name}: deny`, policy, requests: many(count, request), expected }
}

function listOf(size: number): { leaves: string[]; anchors: string[] } {
  return { leaves: many(size, (i) => digest(i)), anchors: [] }
}

function tenFrom(first: number): string[] {
  return many(10, (i) => digest(first + i))
}

function many<A>(count: number, make: (i: number) => A): A[] {
  return Array.from({ length: count }, (_, i) => make(i))
}
