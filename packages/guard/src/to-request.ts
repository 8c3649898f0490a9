import type {
  Connection as ConnectionFact,
  Credentials,
  Holder,
  Peer,
  Policy,
  Request,
} from "@countersign/engine"
import type { Connection, LeafMemory } from "./connection.ts"
import type { Evidence } from "./evidence/evidence.ts"
import type { Answers } from "./look-up.ts"
import { isDynamic } from "./question.ts"
import { type StoredSession, withEnrolment } from "./stored-session.ts"

const plain: ConnectionFact = { _tag: "plain" }
const noPeer: ConnectionFact = { _tag: "tls", peer: "none" }

/** What is known of a request before the stores are asked. */
export interface Known {
  readonly api: { readonly policy: Policy }
  readonly hostAgrees: boolean
  readonly evidence: Evidence
  readonly tokenPresented: boolean
}

/** Puts what is known of a request into the engine's terms. */
export function toRequest(
  memory: LeafMemory,
  now: number,
  connection: Connection,
  { api: { policy }, hostAgrees, evidence, tokenPresented }: Known,
  answers: Answers,
): Request {
  const { leaf } = connection
  const fact = connectionFact(memory, policy, connection, evidence, answers)
  const credentials = credentialsOf(connection, tokenPresented, answers)
  if (leaf === undefined) return { now, hostAgrees, connection: fact, credentials }
  const holder = holderOf(policy, leaf, answers)
  return { now, hostAgrees, connection: fact, credentials, holder }
}

function holderOf(
  { orgId }: Policy,
  leaf: Holder["leaf"],
  { enrolled, certificate: session }: Answers,
): Holder {
  return session === undefined
    ? { leaf, orgId, enrolled }
    : { leaf, orgId, enrolled, session: withEnrolment(session, enrolled) }
}

function credentialsOf(
  { leaf }: Connection,
  presented: boolean,
  { token, enrolled, namedEnrolled }: Answers,
): Credentials {
  if (!presented) return { authToken: "none", jwt: "none" }
  if (token === undefined) return { authToken: { confirmation: "none" }, jwt: "none" }
  const { certificate } = token
  const isLeaf = typeof certificate === "object" && leaf?.hex === certificate.hex
  const session = withEnrolment(token, isLeaf ? enrolled : namedEnrolled)
  return { authToken: { session, confirmation: "none" }, jwt: "none" }
}

/** The connection, with the leaf read only where a rule could ask for its validity. */
function connectionFact(
  memory: LeafMemory,
  policy: Policy,
  connection: Connection,
  { paths, revoked, failure }: Evidence,
  { token }: Answers,
): ConnectionFact {
  const { leaf, encrypted } = connection
  if (!encrypted) return plain
  if (leaf === undefined) return noPeer
  if (!needsValidity(policy, connection, token)) {
    return { _tag: "tls", peer: { leaf: { sha256: leaf }, revoked, paths } }
  }
  const validity = connection.validity(memory)
  if (validity === undefined) return noPeer
  const read = { sha256: leaf, validity }
  const peer: Peer =
    failure === undefined ? { leaf: read, revoked, paths } : { leaf: read, revoked, paths, failure }
  return { _tag: "tls", peer }
}

/**
 * A certificate that nothing could accept is never parsed: neither listed, nor able to chain to an
 * authority, to identify a session, or to meet a binding.
 */
function needsValidity(
  policy: Policy,
  { leaf }: Connection,
  token: StoredSession | undefined,
): boolean {
  if (leaf === undefined) return false
  if (isDynamic(policy)) return true
  if (token !== undefined && (token.bindings !== "none" || !token.secret)) return true
  const { staticMtls } = policy
  return staticMtls !== "off" && (staticMtls.anchors.size > 0 || staticMtls.leaves.has(leaf))
}
