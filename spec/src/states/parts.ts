import { combine, place, places } from "./combine.ts"
import {
  connectionClasses,
  holderClasses,
  pathClasses,
  policyClasses,
  sessionClasses,
  tokenClasses,
} from "./dimensions.ts"
import {
  type ConnectionState,
  type CredentialState,
  noToken,
  type PathState,
  type PolicyState,
  plainSession,
  type SessionState,
  type TokenState,
} from "./state.ts"

const { transport, host, validity } = connectionClasses
const { staticMtls, revocation, identity, tokenAuth, binding, boundList } = policyClasses
const { anchor, time, status } = pathClasses

/** One path by its classes' names. */
export function path(
  at: (typeof anchor)[number],
  when: (typeof time)[number],
  what: (typeof status)[number],
): PathState {
  return { anchor: place(anchor, at), time: place(time, when), status: place(status, what) }
}

export function peer(
  when: (typeof validity)[number],
  paths: readonly PathState[] = [],
  agrees: (typeof host)[number] = "agrees",
  millis = 0,
): ConnectionState {
  return {
    transport: place(transport, "peer"),
    host: place(host, agrees),
    validity: place(validity, when),
    millis,
    revoked: 0,
    paths,
  }
}

/** The same, and a revocation list has the leaf. */
export function revokedPeer(
  when: (typeof validity)[number],
  paths: readonly PathState[] = [],
): ConnectionState {
  return { ...peer(when, paths), revoked: place(connectionClasses.revoked, "yes") }
}

/** Connections without a leaf: plain and TLS, the host agreeing or not. */
export const withoutPeer: readonly ConnectionState[] = combine({
  transport: places(transport, "plain", "bare"),
  host: places(host),
}).map((one) => ({ ...one, validity: 0, millis: 0, revoked: 0, paths: [] }))

/** An allow list and how it looks at revocation. */
export function list(
  what: (typeof staticMtls)[number],
  mode: (typeof revocation)[number],
): Pick<PolicyState, "staticMtls" | "revocation"> {
  return { staticMtls: place(staticMtls, what), revocation: place(revocation, mode) }
}

interface PolicyChoices {
  readonly lists: readonly Pick<PolicyState, "staticMtls" | "revocation">[]
  readonly identities: readonly Pick<PolicyState, "identity" | "groups">[]
  readonly tokenAuth?: readonly number[]
  readonly binding?: readonly number[]
  readonly boundList?: readonly number[]
}

/** Every combination; flags that are not named take both values. */
export function policies(choices: PolicyChoices): PolicyState[] {
  return combine({
    identity: choices.identities,
    list: choices.lists,
    tokenAuth: choices.tokenAuth ?? places(tokenAuth),
    binding: choices.binding ?? places(binding),
    boundList: choices.boundList ?? places(boundList),
  }).map(({ identity, list, ...flags }) => ({ ...identity, ...list, ...flags }))
}

/** Identities of one kind. */
export function kinds(
  ...names: readonly (typeof identity)[number][]
): Pick<PolicyState, "identity" | "groups">[] {
  return names.map((name) => ({ identity: place(identity, name), groups: [] }))
}

type SessionNames = {
  readonly [K in keyof SessionState]?: (typeof sessionClasses)[K][number]
}

/** A session by its classes' names; what is not named is plain. */
export function record(names: SessionNames = {}): SessionState {
  const named = Object.entries(names).map(([key, name]) => {
    const classes: readonly string[] = sessionClasses[key as keyof SessionState]
    return [key, classes.indexOf(name)]
  })
  return { ...plainSession, ...Object.fromEntries(named) }
}

export function token(
  session: SessionState,
  confirmation: (typeof tokenClasses.confirmation)[number] = "none",
): TokenState {
  return {
    kind: place(tokenClasses.kind, "session"),
    confirmation: place(tokenClasses.confirmation, confirmation),
    session,
  }
}

export function unknownToken(
  confirmation: (typeof tokenClasses.confirmation)[number] = "none",
): TokenState {
  return {
    kind: place(tokenClasses.kind, "unknown"),
    confirmation: place(tokenClasses.confirmation, confirmation),
    session: plainSession,
  }
}

export const invalidToken: TokenState = {
  kind: place(tokenClasses.kind, "invalid"),
  confirmation: 0,
  session: plainSession,
}

/**
 * Credentials; a session of the holder that is the authToken's own is the same record when `relation` says so,
 * and there is none without a token or a holder.
 */
export function credentials(parts: {
  readonly authToken?: TokenState
  readonly jwt?: TokenState
  readonly holder?: (typeof holderClasses.holder)[number]
  readonly same?: boolean
  readonly another?: SessionState
}): CredentialState {
  const { authToken = noToken, jwt = noToken, holder = "absent", same = false, another } = parts
  const of = { authToken, jwt, holder: place(holderClasses.holder, holder) }
  if (same) {
    const relation = place(holderClasses.relation, "same")
    return { ...of, relation, holderSession: authToken.session }
  }
  if (another === undefined) return { ...of, relation: 0, holderSession: plainSession }
  return {
    ...of,
    relation: place(holderClasses.relation, "another"),
    holderSession: another,
  }
}
