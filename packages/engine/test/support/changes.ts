import type { ChangeId } from "../../src/explain.ts"
import {
  fingerprint,
  type Holder,
  type Leaf,
  type Peer,
  type PolicyInput,
  type Request,
  type Session,
  type Token,
  type TrustPath,
} from "../../src/index.ts"
import type { Case } from "./cases.ts"
import { alice, hour, peerOf, sessionOf, tokenOf } from "./given.ts"

/** Makes a change to a case. `session` is the one that the refusing rule spoke of. */
type Applier = (on: Case, session: Session | undefined) => Case

/** Each change as an operator or a client would make it. */
export const appliers: Readonly<Record<ChangeId, Applier>> = {
  use_tls: (on) => withConnection(on, { _tag: "tls", peer: "none" }),
  connect_with_this_host: ({ input, request }) => ({
    input,
    request: { ...request, hostAgrees: true },
  }),
  present_certificate: (on) => withConnection(on, { _tag: "tls", peer: peerOf() }),
  list_certificate: (on) => withListed(on),
  wait_for_certificate: (on) => withNow(on, leafOf(on)?.validity?.notBefore),
  renew_certificate: (on) => withLeaf(on, { validity: aroundNow(on) }),
  wait_for_path: (on) => withNow(on, lastPath(on)?.notBefore),
  renew_path: (on) => withPaths(on, (path) => ({ ...path, notAfter: on.request.now + hour })),
  present_unrevoked_certificate: (on) =>
    unrevoked(withPaths(on, (path) => good(path, on.request.now))),
  provide_revocation_status: (on) => withPaths(on, (path) => good(path, on.request.now)),
  present_token: (on) =>
    withTokens(on, (token) => (typeof token === "string" ? tokenOf(sessionOf()) : token)),
  present_verifiable_jwt: (on) => withCredentials(on, { jwt: tokenOf(sessionOf()) }),
  present_known_token: (on) =>
    withTokens(on, (token) =>
      typeof token === "string" || token.session !== undefined
        ? token
        : { ...token, session: sessionOf() },
    ),
  present_token_of_organisation: (on, session) =>
    withSession(on, session, { orgId: on.input.orgId }),
  present_certificate_of_token: (on, session) => withProof(on, session),
  register_session_for_certificate: (on) => withRegistered(on),
  omit_token: (on) => withCredentials(on, { authToken: "none" }),
  enrol_certificate: (on) => withHolder(on, { enrolled: true }),
  enrol_named_certificate: (on, session) => withNamedEnrolled(on, session),
  present_bound_certificate: (on, session) => withBound(on, session),
  present_readable_confirmation: (on) =>
    withTokens(on, (token) =>
      typeof token === "string" ? token : { ...token, confirmation: fingerprint(alice) },
    ),
  present_confirmed_certificate: (on) => withConfirmed(on),
  activate_session: (on, session) => withSession(on, session, { active: true }),
  extend_session: (on, session) => withSession(on, session, { expiresAt: on.request.now + hour }),
  grant_api: (on, session) => withSession(on, session, { apis: new Set([on.input.apiId]) }),
}

function peerIn({ request: { connection } }: Case): Peer | undefined {
  if (connection._tag === "plain" || connection.peer === "none") return undefined
  return connection.peer
}

function leafOf(on: Case): Leaf | undefined {
  return peerIn(on)?.leaf
}

function aroundNow({ request: { now } }: Case): { notBefore: number; notAfter: number } {
  return { notBefore: now - hour, notAfter: now + hour }
}

function good(path: TrustPath, now: number): TrustPath {
  return { ...path, revocation: { status: "good", freshUntil: now + hour } }
}

function lastPath(on: Case): TrustPath | undefined {
  const { staticMtls } = on.input
  const anchors = staticMtls === "off" ? [] : staticMtls.anchors
  const paths = peerIn(on)?.paths.filter(({ anchor }) => anchors.includes(anchor.hex)) ?? []
  return paths.toSorted((a, b) => b.notAfter - a.notAfter)[0]
}

function withConnection({ input, request }: Case, connection: Request["connection"]): Case {
  return { input, request: { ...request, connection } }
}

function withNow({ input, request }: Case, now: number = request.now): Case {
  return { input, request: { ...request, now } }
}

function withLeaf(on: Case, parts: Partial<Leaf>): Case {
  const peer = peerIn(on) ?? peerOf()
  return withConnection(on, { _tag: "tls", peer: { ...peer, leaf: { ...peer.leaf, ...parts } } })
}

function withPaths(on: Case, change: (path: TrustPath) => TrustPath): Case {
  const peer = peerIn(on)
  if (peer === undefined) return on
  return withConnection(on, { _tag: "tls", peer: { ...peer, paths: peer.paths.map(change) } })
}

function unrevoked(on: Case): Case {
  const peer = peerIn(on)
  if (peer === undefined) return on
  return withConnection(on, { _tag: "tls", peer: { ...peer, revoked: false } })
}

function withListed(on: Case): Case {
  const { staticMtls } = on.input
  const hex = leafOf(on)?.sha256.hex
  if (staticMtls === "off" || hex === undefined) return on
  const input: PolicyInput = {
    ...on.input,
    staticMtls: { ...staticMtls, leaves: [...staticMtls.leaves, hex] },
  }
  return { input, request: on.request }
}

function withCredentials({ input, request }: Case, parts: Partial<Request["credentials"]>): Case {
  return { input, request: { ...request, credentials: { ...request.credentials, ...parts } } }
}

type Slot = Token | "invalid" | "none"

function withTokens(on: Case, change: (token: Slot) => Slot): Case {
  const { authToken, jwt } = on.request.credentials
  const changed = change(authToken)
  return withCredentials(on, {
    authToken: changed === "invalid" ? "none" : changed,
    jwt: change(jwt),
  })
}

/** Changes a record wherever the request holds a copy of it. */
function withSession(on: Case, session: Session | undefined, parts: Partial<Session>): Case {
  const changed = <T extends Token | Holder>(owner: T): T =>
    owner.session === undefined || owner.session.id !== session?.id
      ? owner
      : { ...owner, session: { ...owner.session, ...parts } }
  const { input, request } = withTokens(on, (token) =>
    typeof token === "string" ? token : changed(token),
  )
  const { holder } = request
  return holder === undefined
    ? { input, request }
    : { input, request: { ...request, holder: changed(holder) } }
}

/** What the stores say of the leaf, kept where it already spoke of it. */
function withHolder(on: Case, parts: Partial<Holder>): Case {
  const leaf = leafOf(on)
  const { orgId } = on.input
  if (leaf === undefined) return on
  const { holder } = on.request
  const kept = holder?.leaf.hex === leaf.sha256.hex && holder.orgId === orgId ? holder : undefined
  const fresh: Holder = { leaf: leaf.sha256, orgId, enrolled: false, ...kept, ...parts }
  return { input: on.input, request: { ...on.request, holder: fresh } }
}

function withRegistered(on: Case): Case {
  const leaf = leafOf(on)
  if (leaf === undefined) return on
  const named = { sha256: leaf.sha256, enrolled: true }
  const session: Session = {
    ...sessionOf({ id: "new", orgId: on.input.orgId }),
    certificate: named,
  }
  return withHolder(on, { session })
}

function withNamedEnrolled(on: Case, session: Session | undefined): Case {
  if (session === undefined || session.certificate === "none") return on
  return withSession(on, session, { certificate: { ...session.certificate, enrolled: true } })
}

/** The enrolled, valid certificate of the session, on a connection for this host. */
function withProof(on: Case, session: Session | undefined): Case {
  if (session === undefined || session.certificate === "none") return on
  const presented = withLeaf(on, { sha256: session.certificate.sha256, validity: aroundNow(on) })
  return appliers.connect_with_this_host(withHolder(presented, { enrolled: true }), session)
}

/** A certificate that the session binds; where it binds none, the leaf is bound to it. */
function withBound(on: Case, session: Session | undefined): Case {
  if (session === undefined || session.bindings === "none") return on
  const [sha256] = session.bindings
  if (sha256 !== undefined) return withHolder(withLeaf(on, { sha256 }), { enrolled: true })
  const presented = withLeaf(on, {})
  const leaf = leafOf(presented)
  return leaf === undefined ? on : withSession(presented, session, { bindings: [leaf.sha256] })
}

function withConfirmed(on: Case): Case {
  const { authToken, jwt } = on.request.credentials
  for (const token of [authToken, jwt]) {
    if (typeof token === "string" || typeof token.confirmation === "string") continue
    return withLeaf(on, { sha256: token.confirmation })
  }
  return on
}
