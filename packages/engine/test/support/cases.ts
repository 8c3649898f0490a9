import fc from "fast-check"
import {
  type Fingerprint,
  fingerprint,
  type Holder,
  type Identity,
  type Mechanism,
  type Peer,
  type PolicyInput,
  type Request,
  type Session,
  type SessionInput,
  session,
  type Token,
  type TrustPath,
} from "../../src/index.ts"
import {
  alice,
  authority,
  bob,
  dynamic,
  hour,
  jwt,
  keyless,
  now,
  second,
  stranger,
  token,
} from "./given.ts"

/** One decision as plain data, so that a law may change the policy too. */
export interface Case {
  readonly input: PolicyInput
  readonly request: Request
}

/** Mostly the first value, which lets the decision go on; sometimes one of the others. */
function mostly<T>(usual: T, ...others: T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(usual, ...others) },
  )
}

const orgs = mostly("acme", "other")
const leaves = mostly(alice, bob)
const instants = fc.constantFrom(now - second, now - 1, now, now + 1, now + second)

const mechanisms: fc.Arbitrary<Mechanism> = fc.constantFrom(token, dynamic, jwt)
const groups = fc.array(fc.array(mechanisms, { minLength: 1, maxLength: 2 }), {
  minLength: 1,
  maxLength: 2,
})
const identities: fc.Arbitrary<Identity> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(keyless) },
  { weight: 8, arbitrary: mechanisms },
  { weight: 3, arbitrary: groups.map((all) => ({ _tag: "alternatives" as const, groups: all })) },
)

const lists: fc.Arbitrary<PolicyInput["staticMtls"]> = fc.oneof(
  { weight: 2, arbitrary: fc.constant("off" as const) },
  {
    weight: 2,
    arbitrary: fc.record({
      leaves: fc.subarray([alice, bob]),
      anchors: fc.subarray([authority, stranger]),
    }),
  },
)

const policies: fc.Arbitrary<PolicyInput> = fc.record({
  apiId: fc.constant("orders"),
  orgId: fc.constant("acme"),
  staticMtls: lists,
  identity: identities,
  flags: fc.record({
    allowDynamicMtlsTokenAuth: fc.boolean(),
    certificateTokenBinding: mostly(true, false),
    boundCertificateSatisfiesAllowList: fc.boolean(),
  }),
  revocation: fc.constantFrom("off" as const, "soft" as const, "hard" as const),
  stripAuthorizationData: fc.boolean(),
})

const validities = mostly(
  { notBefore: now - hour, notAfter: now + hour },
  { notBefore: now + second, notAfter: now + hour },
  { notBefore: 0, notAfter: now - second },
)

const paths: fc.Arbitrary<TrustPath> = fc
  .record({
    anchor: mostly(authority, stranger).map(fingerprint),
    validity: validities,
    revocation: fc.record({
      status: fc.constantFrom("good" as const, "unknown" as const, "revoked" as const),
      freshUntil: instants,
    }),
  })
  .map(({ anchor, validity, revocation }) => ({ anchor, ...validity, revocation }))

/** What a path says of the leaf, the peer says too: the guard reads both from one list. */
function isRevoked({ revocation: { status } }: TrustPath): boolean {
  return status === "revoked"
}

const peers: fc.Arbitrary<Peer> = fc
  .record(
    {
      leaf: fc.record(
        { sha256: leaves.map(fingerprint), validity: validities },
        { requiredKeys: ["sha256"] },
      ),
      revoked: mostly(false, true),
      paths: fc.array(paths, { maxLength: 2 }),
      failure: fc.constantFrom("unknown issuer", "signature"),
    },
    { requiredKeys: ["leaf", "revoked", "paths"] },
  )
  .map((peer) => ({ ...peer, revoked: peer.revoked || peer.paths.some(isRevoked) }))

const connections: fc.Arbitrary<Request["connection"]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ _tag: "plain" as const }) },
  { weight: 1, arbitrary: fc.constant({ _tag: "tls" as const, peer: "none" as const }) },
  { weight: 6, arbitrary: peers.map((peer) => ({ _tag: "tls" as const, peer })) },
)

const certificates = fc.record({ sha256: leaves, enrolled: mostly(true, false) })

function records(id: string): fc.Arbitrary<SessionInput> {
  return fc
    .record({
      id: fc.constant(id),
      orgId: orgs,
      active: mostly(true, false),
      expiresAt: mostly<number | "never">("never", now - second, now, now + second),
      apis: mostly<readonly string[] | "all">("all", ["orders"], ["invoices"], []),
      certificate: fc.oneof(fc.constant("none" as const), certificates),
      bindings: mostly<readonly string[] | "none">("none", [alice], [bob], [alice, bob], []),
      secret: mostly(true, false),
    })
    .map((one) => ({ ...one, secret: one.secret || one.certificate === "none" }))
}

/** At most two records, so that a token and a certificate often speak of the same one. */
const stores = fc.tuple(records("s1"), records("s2"))
const picks = fc.option(fc.constantFrom(0, 0, 1), { freq: 6 })

type Confirmation = Token["confirmation"]
const confirmations: fc.Arbitrary<Confirmation> = mostly<Confirmation>(
  "none",
  "malformed",
  fingerprint(alice),
  fingerprint(bob),
)

const presentations = fc.record({
  now: mostly(now, now - 1, now + 1),
  hostAgrees: mostly(true, false),
  connection: connections,
  store: stores,
  /** One object for both readers of a record, or two copies. */
  shared: fc.boolean(),
  authToken: mostly<"token" | "none">("token", "none"),
  jwt: mostly<"token" | "invalid" | "none">("token", "invalid", "none"),
  tokenPick: picks,
  jwtPick: picks,
  confirmation: confirmations,
  holder: fc.option(
    fc.record({ leaf: leaves, orgId: orgs, enrolled: mostly(true, false), pick: picks }),
    { freq: 6 },
  ),
})

type Presentation = typeof presentations extends fc.Arbitrary<infer T> ? T : never

function requestFrom(from: Presentation): Request {
  const made = from.store.map(session)
  const found = (pick: number | null): Session | undefined => {
    if (pick === null) return undefined
    return from.shared ? made[pick] : from.store.slice(pick, pick + 1).map(session)[0]
  }
  const presented = (pick: number | null): Token => {
    const { confirmation } = from
    const record = found(pick)
    return record === undefined ? { confirmation } : { session: record, confirmation }
  }
  const request: Request = {
    now: from.now,
    hostAgrees: from.hostAgrees,
    connection: from.connection,
    credentials: {
      authToken: from.authToken === "none" ? "none" : presented(from.tokenPick),
      jwt: from.jwt === "token" ? presented(from.jwtPick) : from.jwt,
    },
  }
  return from.holder === null ? request : { ...request, holder: holderFrom(from.holder, found) }
}

function holderFrom(
  { leaf, orgId, enrolled, pick }: NonNullable<Presentation["holder"]>,
  found: (pick: number | null) => Session | undefined,
): Holder {
  const holder: Holder = { leaf: fingerprintOf(leaf), orgId, enrolled }
  const record = found(pick)
  return record === undefined ? holder : { ...holder, session: record }
}

function fingerprintOf(hex: string): Fingerprint {
  return fingerprint(hex)
}

/** Well-formed decisions of every kind. */
export const cases: fc.Arbitrary<Case> = fc
  .record({ input: policies, from: presentations })
  .map(({ input, from }) => ({ input, request: requestFrom(from) }))
