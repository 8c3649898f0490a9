import type {
  Connection as ConnectionFact,
  Credentials,
  Holder,
  Peer,
  Policy,
  Request,
} from "@countersign/engine"
import type { Connection } from "./connection.ts"
import type { Answers } from "./look-up.ts"
import { isDynamic } from "./question.ts"
import { type StoredSession, withEnrolment } from "./stored-session.ts"

const plain: ConnectionFact = { _tag: "plain" }
const noPeer: ConnectionFact = { _tag: "tls", peer: "none" }

/** Puts what is known of a request into the engine's terms. */
export function toRequest(
  policy: Policy,
  now: number,
  connection: Connection,
  hostAgrees: boolean,
  tokenPresented: boolean,
  answers: Answers,
): Request {
  const { leaf } = connection
  const session = answers.certificate
  return {
    now,
    hostAgrees,
    connection: connectionFact(policy, connection, answers),
    credentials: credentialsOf(connection, tokenPresented, answers),
    ...(leaf !== undefined && { holder: holderOf(policy, leaf, answers, session) }),
  }
}

function holderOf(
  { orgId }: Policy,
  leaf: Holder["leaf"],
  { enrolled }: Answers,
  session: StoredSession | undefined,
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
  policy: Policy,
  connection: Connection,
  { token }: Answers,
): ConnectionFact {
  const { leaf, encrypted } = connection
  if (!encrypted) return plain
  if (leaf === undefined) return noPeer
  if (!needsValidity(policy, connection, token)) {
    return { _tag: "tls", peer: { leaf: { sha256: leaf }, paths: [] } }
  }
  const facts = connection.leafFacts
  if (facts?._tag !== "Readable") return noPeer
  const peer: Peer = { leaf: { sha256: leaf, validity: facts.validity }, paths: [] }
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
