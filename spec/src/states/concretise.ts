import type {
  Connection,
  Credentials,
  Holder,
  Identity,
  Mechanism,
  Policy,
  PolicyInput,
  Request,
  Token,
} from "@countersign/engine"
import { fingerprint, policy } from "@countersign/engine"
import { connectionClasses, holderClasses, policyClasses, tokenClasses } from "./dimensions.ts"
import {
  ANCHORS_HEX,
  API,
  intervalOf,
  LEAF_HEX,
  leafFingerprint,
  NOW,
  nameOf,
  ORG,
  OTHER_HEX,
  OTHER_ORG,
  pathOf,
  type RecordId,
  recordOf,
} from "./facts.ts"
import type { ConnectionState, CredentialState, PolicyState, State, TokenState } from "./state.ts"

/** What a connection brings to every request on it. */
export interface ConnectionFacts {
  readonly now: number
  readonly hostAgrees: boolean
  readonly connection: Connection
}

/** What a request brings, and what the stores say of it. */
export interface CredentialFacts {
  readonly credentials: Credentials
  readonly holder: Holder | undefined
}

/** One concrete policy and request of the abstract state. */
export function concretise(state: State): {
  readonly policyInput: PolicyInput
  readonly policy: Policy
  readonly request: Request
} {
  return {
    policyInput: policyInputOf(state.policy),
    policy: policyOf(state.policy),
    request: requestOf(connectionFacts(state.connection), credentialFacts(state.credentials)),
  }
}

export function requestOf(connection: ConnectionFacts, credential: CredentialFacts): Request {
  const { now, hostAgrees } = connection
  const { credentials, holder } = credential
  return holder === undefined
    ? { now, hostAgrees, connection: connection.connection, credentials }
    : { now, hostAgrees, connection: connection.connection, credentials, holder }
}

/** The compiled policy; empty alternatives, which do not compile, are put in afterwards. */
export function policyOf(state: PolicyState): Policy {
  const input = policyInputOf(state)
  const { identity } = input
  if (identity._tag !== "alternatives") return policy(input)
  const empty = identity.groups.length === 0 || identity.groups.some(({ length }) => length === 0)
  return empty
    ? { ...policy({ ...input, identity: { _tag: "keyless" } }), identity }
    : policy(input)
}

export function policyInputOf(state: PolicyState): PolicyInput {
  return {
    apiId: API,
    orgId: ORG,
    staticMtls: staticMtlsOf(state),
    identity: identityOf(state),
    revocation: nameOf(policyClasses.revocation, state.revocation),
    flags: {
      allowDynamicMtlsTokenAuth: nameOf(policyClasses.tokenAuth, state.tokenAuth) === "yes",
      certificateTokenBinding: nameOf(policyClasses.binding, state.binding) === "yes",
      boundCertificateSatisfiesAllowList:
        nameOf(policyClasses.boundList, state.boundList) === "yes",
    },
  }
}

function staticMtlsOf(state: PolicyState): PolicyInput["staticMtls"] {
  const name = nameOf(policyClasses.staticMtls, state.staticMtls)
  if (name === "off") return "off"
  if (name === "empty") return { leaves: [], anchors: [] }
  return {
    leaves: name === "listed" ? [OTHER_HEX, LEAF_HEX] : [OTHER_HEX],
    anchors: ANCHORS_HEX,
  }
}

function identityOf(state: PolicyState): Identity {
  const name = nameOf(policyClasses.identity, state.identity)
  if (name === "keyless") return { _tag: "keyless" }
  if (name !== "alternatives") return mechanismOf(state.identity)
  return { _tag: "alternatives", groups: state.groups.map((group) => group.map(mechanismOf)) }
}

function mechanismOf(identity: number): Mechanism {
  const name = nameOf(policyClasses.identity, identity)
  return name === "jwt" ? { _tag: "jwt" } : { _tag: "authToken", certificate: name === "dynamic" }
}

export function connectionFacts(state: ConnectionState): ConnectionFacts {
  return {
    now: NOW + Number(nameOf(connectionClasses.millis, state.millis)),
    hostAgrees: nameOf(connectionClasses.host, state.host) === "agrees",
    connection: connectionOf(state),
  }
}

function connectionOf(state: ConnectionState): Connection {
  const transport = nameOf(connectionClasses.transport, state.transport)
  if (transport === "plain") return { _tag: "plain" }
  if (transport === "bare") return { _tag: "tls", peer: "none" }
  const sha256 = leafFingerprint()
  const validity = intervalOf(state.validity)
  const leaf = validity === "absent" ? { sha256 } : { sha256, validity }
  const revoked = nameOf(connectionClasses.revoked, state.revoked) === "yes"
  return { _tag: "tls", peer: { leaf, revoked, paths: state.paths.map(pathOf) } }
}

export function credentialFacts(state: CredentialState): CredentialFacts {
  const authToken = tokenOf(state.authToken, "token's record")
  if (authToken === "invalid") throw new RangeError("only a jwt is verified")
  return {
    credentials: { authToken, jwt: tokenOf(state.jwt, "jwt's record") },
    holder: holderOf(state),
  }
}

const tokens = new Map<string, Token>()

/** Made once for each record and confirmation: a run over many states reads few objects. */
function tokenOf(state: TokenState, id: RecordId): Token | "none" | "invalid" {
  const kind = nameOf(tokenClasses.kind, state.kind)
  if (kind === "none" || kind === "invalid") return kind
  const key = `${id} ${JSON.stringify(state)}`
  const made = tokens.get(key) ?? makeToken(state, id, kind)
  tokens.set(key, made)
  return made
}

function makeToken(state: TokenState, id: RecordId, kind: "unknown" | "session"): Token {
  const confirmation = confirmationOf(state)
  return kind === "unknown"
    ? { confirmation }
    : { session: recordOf(state.session, id), confirmation }
}

function confirmationOf(state: TokenState): Token["confirmation"] {
  const name = nameOf(tokenClasses.confirmation, state.confirmation)
  if (name === "L") return leafFingerprint()
  return name === "other" ? fingerprint(OTHER_HEX) : name
}

const holders = new Map<string, Holder>()

function holderOf(state: CredentialState): Holder | undefined {
  const { holder, relation, holderSession } = state
  const name = nameOf(holderClasses.holder, holder)
  if (name === "absent") return undefined
  const key = JSON.stringify([holder, relation, relation === 0 ? 0 : holderSession])
  const made = holders.get(key) ?? makeHolder(state, name)
  holders.set(key, made)
  return made
}

function makeHolder(state: CredentialState, name: (typeof holderClasses.holder)[number]): Holder {
  const facts = {
    leaf: fingerprint(name === "other leaf" ? OTHER_HEX : LEAF_HEX),
    orgId: name === "other org" ? OTHER_ORG : ORG,
    enrolled: name !== "unenrolled",
  }
  const relation = nameOf(holderClasses.relation, state.relation)
  if (relation === "absent") return facts
  return { ...facts, session: recordOf(state.holderSession, holderRecord(state)) }
}

/** The record that the certificate's session is. */
export function holderRecord(state: CredentialState): RecordId {
  const same = nameOf(holderClasses.relation, state.relation) === "same"
  return same ? "token's record" : "certificate's record"
}
