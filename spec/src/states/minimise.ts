import { policyClasses } from "./dimensions.ts"
import type { CredentialState, PolicyState, SessionState, State, TokenState } from "./state.ts"

/** The smallest state near this one that still has the property: every dimension as plain as it can be. */
export function minimise(state: State, has: (state: State) => boolean): State {
  let smallest = state
  for (;;) {
    const known = JSON.stringify(smallest)
    const smaller = plainer(smallest).find((other) => JSON.stringify(other) !== known && has(other))
    if (smaller === undefined) return smallest
    smallest = smaller
  }
}

/** The states that are plainer in one dimension, the plainest first; what a relation restores is the same state. */
function plainer(state: State): State[] {
  const { policy, connection, credentials } = state
  return [
    ...plainerPaths(connection.paths).map((paths) => ({
      ...state,
      connection: { ...connection, paths },
    })),
    ...dropOne(policy.groups).map((groups) => ({ ...state, policy: { ...policy, groups } })),
    ...lower(policy).map((plain) => ({ ...state, policy: grouped(plain) })),
    ...lower(connection).map((plain) => ({ ...state, connection: plain })),
    ...plainerCredentials(credentials).map((plain) => ({ ...state, credentials: plain })),
  ]
}

/** Only alternatives have groups. */
function grouped(policy: PolicyState): PolicyState {
  const alternatives = policyClasses.identity.indexOf("alternatives")
  return policy.identity === alternatives ? policy : { ...policy, groups: [] }
}

function plainerPaths(paths: State["connection"]["paths"]): State["connection"]["paths"][] {
  return [
    ...dropOne(paths),
    ...paths.flatMap((path, i) => lower(path).map((plain) => paths.with(i, plain))),
  ]
}

function plainerCredentials(state: CredentialState): CredentialState[] {
  const { authToken, jwt, holderSession } = state
  return [
    ...lower(state).map(related),
    ...plainerToken(authToken).map((plain) => related({ ...state, authToken: plain })),
    ...plainerToken(jwt).map((plain) => ({ ...state, jwt: plain })),
    ...lower(holderSession).map((plain) => related({ ...state, holderSession: plain })),
  ]
}

/** The same record is the token's, and there is none without a token or without a holder. */
function related(state: CredentialState): CredentialState {
  const { authToken, relation } = state
  const [absent, same] = [0, 1]
  const session = 2
  if (state.holder === 0 || (relation === same && authToken.kind !== session)) {
    return { ...state, relation: absent }
  }
  return relation === same ? { ...state, holderSession: authToken.session } : state
}

function plainerToken(token: TokenState): TokenState[] {
  return [
    ...lower(token),
    ...lower<SessionState>(token.session).map((session) => ({ ...token, session })),
  ]
}

function dropOne<T>(list: readonly T[]): (readonly T[])[] {
  return list.map((_, i) => list.toSpliced(i, 1))
}

/** Every class moved towards its first, one at a time. */
function lower<T extends object>(classes: T): T[] {
  return Object.entries(classes).flatMap(([name, place]) =>
    typeof place === "number"
      ? Array.from({ length: place }, (_, less) => ({ ...classes, [name]: less }))
      : [],
  )
}
