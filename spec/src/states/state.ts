/** A class is its place in the dimension's list. */
export type Class = number

export interface PolicyState {
  readonly staticMtls: Class
  readonly revocation: Class
  readonly identity: Class
  readonly tokenAuth: Class
  readonly binding: Class
  readonly boundList: Class
  /** Groups of mechanisms (classes of `identity`); empty unless the identity is `alternatives`. */
  readonly groups: readonly (readonly Class[])[]
}

export interface ConnectionState {
  readonly transport: Class
  readonly host: Class
  readonly validity: Class
  readonly millis: Class
  readonly revoked: Class
  readonly paths: readonly PathState[]
}

export interface PathState {
  readonly anchor: Class
  readonly time: Class
  readonly status: Class
}

export interface SessionState {
  readonly org: Class
  readonly secret: Class
  readonly active: Class
  readonly expiry: Class
  readonly apis: Class
  readonly certificate: Class
  readonly bindings: Class
}

export interface TokenState {
  readonly kind: Class
  readonly confirmation: Class
  /** Means nothing unless `kind` is `session`. */
  readonly session: SessionState
}

export interface CredentialState {
  readonly authToken: TokenState
  readonly jwt: TokenState
  readonly holder: Class
  /** The certificate's session, related to the authToken's. */
  readonly relation: Class
  /** The authToken's session where the relation is `same`; means nothing where it is `absent`. */
  readonly holderSession: SessionState
}

/** One abstract state: everything that DESIGN §3 lets a decision depend on. */
export interface State {
  readonly policy: PolicyState
  readonly connection: ConnectionState
  readonly credentials: CredentialState
}

/** The plainest session: of this organisation, secret, in force, for every API, tied to no certificate. */
export const plainSession: SessionState = {
  org: 0,
  secret: 0,
  active: 0,
  expiry: 0,
  apis: 0,
  certificate: 0,
  bindings: 0,
}

export const noToken: TokenState = { kind: 0, confirmation: 0, session: plainSession }

/**
 * The same state with the fields of every part in one order, and equal sessions and tokens shared:
 * a run over many states reads a few objects of one shape each.
 */
export class Interned {
  readonly #sessions: Map<string, SessionState> = new Map()
  readonly #tokens: Map<string, TokenState> = new Map()

  policy(state: PolicyState): PolicyState {
    const { staticMtls, revocation, identity, tokenAuth, binding, boundList, groups } = state
    return { staticMtls, revocation, identity, tokenAuth, binding, boundList, groups }
  }

  connection({
    transport,
    host,
    validity,
    millis,
    revoked,
    paths,
  }: ConnectionState): ConnectionState {
    const same = paths.map(({ anchor, time, status }) => ({ anchor, time, status }))
    return { transport, host, validity, millis, revoked, paths: same }
  }

  credentials(state: CredentialState): CredentialState {
    return {
      authToken: this.#token(state.authToken),
      jwt: this.#token(state.jwt),
      holder: state.holder,
      relation: state.relation,
      holderSession: this.#session(state.holderSession),
    }
  }

  #token({ kind, confirmation, session }: TokenState): TokenState {
    const token = { kind, confirmation, session: this.#session(session) }
    return shared(this.#tokens, token)
  }

  #session(state: SessionState): SessionState {
    const { org, secret, active, expiry, apis, certificate, bindings } = state
    return shared(this.#sessions, { org, secret, active, expiry, apis, certificate, bindings })
  }
}

function shared<T>(known: Map<string, T>, made: T): T {
  const key = JSON.stringify(made)
  const one = known.get(key) ?? made
  known.set(key, one)
  return one
}
