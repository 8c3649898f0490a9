import type { AdvisoryClass } from "../advisory-classes.ts"
import type { connectionClasses, policyClasses } from "../states/dimensions.ts"
import type {
  Class,
  ConnectionState,
  CredentialState,
  PathState,
  PolicyState,
  SessionState,
} from "../states/state.ts"
import { type EvidenceName, evidenceNamed } from "./evidence.ts"
import { type ClassesOf, change, type Name, type Names, type Part, test } from "./names.ts"

/** What of a state is taken for something else. The same object means that nothing is. */
export type Reading =
  | { readonly part: "policy"; readonly read: (state: PolicyState) => PolicyState }
  | { readonly part: "connection"; readonly read: (state: ConnectionState) => ConnectionState }
  | { readonly part: "credentials"; readonly read: (state: CredentialState) => CredentialState }

/** One weakness: where it holds, a gateway that has it decides as if a part of the state were another. */
export interface Misreading {
  readonly class: AdvisoryClass
  /** What it does not ask, in one sentence. */
  readonly rule: string
  readonly where?: {
    readonly policy?: Names<typeof policyClasses>
    readonly connection?: Names<Pick<typeof connectionClasses, "transport">>
    readonly evidence?: EvidenceName
  }
  readonly takes: Reading
}

/** Whether it holds for a policy and a connection. */
export function holds({
  where,
}: Misreading): (policy: PolicyState, connection: ConnectionState, evidence: Class) => boolean {
  const policyHolds = test("policy", where?.policy ?? {})
  const connectionHolds = test("connection", where?.connection ?? {})
  const wanted = where?.evidence === undefined ? undefined : evidenceNamed(where.evidence)
  return (policy, connection, evidence) =>
    (wanted === undefined || wanted === evidence) &&
    policyHolds(policy) &&
    connectionHolds(connection)
}

export function takesPolicy(
  of: Names<ClassesOf<"policy">>,
  as: Name<ClassesOf<"policy">>,
): Reading {
  return { part: "policy", read: takes("policy", of, as) }
}

export function takesConnection(
  of: Names<ClassesOf<"connection">>,
  as: Name<ClassesOf<"connection">>,
): Reading {
  return { part: "connection", read: takes("connection", of, as) }
}

export function takesPath(of: Names<ClassesOf<"path">>, as: Name<ClassesOf<"path">>): Reading {
  const one: (path: PathState) => PathState = takes("path", of, as)
  const read = (state: ConnectionState): ConnectionState => {
    const paths = state.paths.map(one)
    return paths.every((path, i) => path === state.paths[i]) ? state : { ...state, paths }
  }
  return { part: "connection", read }
}

export function takesPaths(paths: readonly PathState[]): Reading {
  return { part: "connection", read: (state) => ({ ...state, paths }) }
}

/** Every session: the tokens' and the certificate's. */
export function takesSession(
  of: Names<ClassesOf<"session">>,
  as: Name<ClassesOf<"session">>,
): Reading {
  const one: (session: SessionState) => SessionState = takes("session", of, as)
  return {
    part: "credentials",
    read: (state) => {
      const { authToken, jwt, holderSession } = state
      return withSessions(state, [one(authToken.session), one(jwt.session), one(holderSession)])
    },
  }
}

/** The session that the certificate identifies. */
export function takesHolderSession(
  of: Names<ClassesOf<"session">>,
  as: Name<ClassesOf<"session">>,
): Reading {
  const one: (session: SessionState) => SessionState = takes("session", of, as)
  return {
    part: "credentials",
    read: (state) => {
      const { authToken, jwt, holderSession } = state
      return withSessions(state, [authToken.session, jwt.session, one(holderSession)])
    },
  }
}

export function takesHolder(
  of: Names<ClassesOf<"holder">>,
  as: Name<ClassesOf<"holder">>,
): Reading {
  return { part: "credentials", read: takes("holder", of, as) }
}

/** Every presented token. */
export function takesToken(of: Names<ClassesOf<"token">>, as: Name<ClassesOf<"token">>): Reading {
  const one: (token: CredentialState["jwt"]) => CredentialState["jwt"] = takes("token", of, as)
  return {
    part: "credentials",
    read: (state) => {
      const [authToken, jwt] = [one(state.authToken), one(state.jwt)]
      return authToken === state.authToken && jwt === state.jwt
        ? state
        : { ...state, authToken, jwt }
    },
  }
}

function withSessions(
  state: CredentialState,
  [token, jwt, holder]: readonly [SessionState, SessionState, SessionState],
): CredentialState {
  const { authToken, jwt: other, holderSession } = state
  if (token === authToken.session && jwt === other.session && holder === holderSession) return state
  return {
    ...state,
    authToken: { ...authToken, session: token },
    jwt: { ...other, session: jwt },
    holderSession: holder,
  }
}

function takes<P extends Part>(
  part: P,
  of: Names<ClassesOf<P>>,
  as: Name<ClassesOf<P>>,
): <S extends object>(state: S) => S {
  const is = test(part, of)
  const other = change(part, as)
  return (state) => (is(state) ? other(state) : state)
}
