import type { Identity, Mechanism } from "@countersign/engine"
import {
  connectionClasses,
  holderClasses,
  pathClasses,
  policyClasses,
  sessionClasses,
  tokenClasses,
} from "../states/dimensions.ts"
import {
  type Class,
  type ConnectionState,
  type CredentialState,
  noToken,
  type PathState,
  type PolicyState,
  plainSession,
  type SessionState,
  type State,
  type TokenState,
} from "../states/state.ts"
import { hexOf } from "./concretise-case.ts"
import type {
  CaseInterval,
  CasePath,
  CasePolicy,
  CaseRequest,
  CaseSession,
  CaseToken,
  CertificateName,
  DecisionCase,
  Instant,
} from "./decision-case.ts"

/**
 * The abstract state of a case, for the reference model. Instants are compared as texts, second by second:
 * none of the engine's arithmetic is in it.
 */
export function stateOfCase({ policy, request }: DecisionCase): State {
  const L = leafOf(request)
  return {
    policy: policyState(policy, L),
    connection: connectionState(policy, request),
    credentials: credentialState(policy, request, L),
  }
}

/** The presented leaf's fingerprint. */
type Leaf = string | undefined

function leafOf({ connection }: CaseRequest): Leaf {
  if (connection === "plain" || connection.peer === "none") return undefined
  return hexOf(connection.peer.leaf)
}

function place<const C extends readonly string[]>(classes: C, name: C[number]): Class {
  return classes.indexOf(name)
}

function holds(list: readonly CertificateName[], leaf: Leaf): boolean {
  return list.some((name) => hexOf(name) === leaf)
}

function yesNo(yes: boolean): "yes" | "no" {
  return yes ? "yes" : "no"
}

function policyState(policy: CasePolicy, leaf: Leaf): PolicyState {
  const { staticMtls, revocation, identity, flags } = policy
  return {
    staticMtls: place(policyClasses.staticMtls, listClass(staticMtls, leaf)),
    revocation: place(policyClasses.revocation, revocation),
    identity: identityClass(identity),
    tokenAuth: place(policyClasses.tokenAuth, yesNo(flags.allowDynamicMtlsTokenAuth)),
    binding: place(policyClasses.binding, yesNo(flags.certificateTokenBinding)),
    boundList: place(policyClasses.boundList, yesNo(flags.boundCertificateSatisfiesAllowList)),
    groups:
      identity._tag === "alternatives"
        ? identity.groups.map((group) => group.map(identityClass))
        : [],
  }
}

function listClass(
  list: CasePolicy["staticMtls"],
  leaf: Leaf,
): (typeof policyClasses.staticMtls)[number] {
  if (list === "off") return "off"
  if (list.leaves.length === 0 && list.anchors.length === 0) return "empty"
  return holds(list.leaves, leaf) ? "listed" : "unlisted"
}

function identityClass(identity: Identity | Mechanism): Class {
  const name =
    identity._tag === "authToken" && identity.certificate ? ("dynamic" as const) : identity._tag
  return place(policyClasses.identity, name)
}

function connectionState(policy: CasePolicy, request: CaseRequest): ConnectionState {
  const { now, hostAgrees, connection } = request
  const plain = {
    host: place(connectionClasses.host, hostAgrees ? "agrees" : "disagrees"),
    validity: 0,
    millis: 0,
    revoked: 0,
    paths: [],
  }
  const transport = (name: (typeof connectionClasses.transport)[number]) =>
    place(connectionClasses.transport, name)
  if (connection === "plain") return { ...plain, transport: transport("plain") }
  const { peer } = connection
  if (peer === "none") return { ...plain, transport: transport("bare") }
  const when = peer.validity === "none" ? "absent" : timeClass(peer.validity, now)
  const anchors = policy.staticMtls === "off" ? [] : policy.staticMtls.anchors
  return {
    ...plain,
    transport: transport("peer"),
    validity: place(connectionClasses.validity, when),
    revoked: place(connectionClasses.revoked, yesNo(peer.revoked)),
    paths: peer.paths.map((path) => pathState(path, anchors, now)),
  }
}

function pathState(path: CasePath, anchors: readonly CertificateName[], now: Instant): PathState {
  const anchor = holds(anchors, hexOf(path.anchor)) ? "ours" : "foreign"
  const fresh = second(now) <= exact(path.freshUntil) ? "good" : "stale"
  return {
    anchor: place(pathClasses.anchor, anchor),
    time: place(pathClasses.time, timeClass(path.validity, now)),
    status: place(pathClasses.status, path.revocation === "good" ? fresh : path.revocation),
  }
}

function timeClass([notBefore, notAfter]: CaseInterval, now: Instant) {
  if (second(now) < exact(notBefore)) return "before"
  return second(now) <= exact(notAfter) ? "inside" : "after"
}

/** The beginning of the second that an instant lies in; in UTC the order of these texts is that of time. */
function second(instant: Instant): string {
  return `${instant.slice(0, "2026-06-15T12:00:00".length)}.000`
}

function exact(instant: Instant): string {
  const [whole = "", fraction = ""] = instant.slice(0, -1).split(".")
  return `${whole}.${fraction.padEnd(3, "0")}`
}

function credentialState(policy: CasePolicy, request: CaseRequest, leaf: Leaf): CredentialState {
  const { credentials, holder } = request
  const { authToken } = credentials
  const sessionOf = (session: CaseSession) => sessionState(session, policy, request.now, leaf)
  const tokenOf = (token: CaseToken | "invalid" | "none") => tokenState(token, sessionOf, leaf)
  const state = { authToken: tokenOf(authToken), jwt: tokenOf(credentials.jwt) }
  if (holder === "none") {
    return { ...state, holder: 0, relation: 0, holderSession: plainSession }
  }
  const { session } = holder
  const kind = place(holderClasses.holder, holderClass(holder, policy, leaf))
  if (session === "none") {
    return { ...state, holder: kind, relation: 0, holderSession: plainSession }
  }
  const presented = authToken === "none" ? "none" : authToken.session
  const same = presented !== "none" && presented.id === session.id
  return {
    ...state,
    holder: kind,
    relation: place(holderClasses.relation, same ? "same" : "another"),
    holderSession: sessionOf(session),
  }
}

function holderClass(
  holder: Exclude<CaseRequest["holder"], "none">,
  policy: CasePolicy,
  leaf: Leaf,
): (typeof holderClasses.holder)[number] {
  if (hexOf(holder.leaf) !== leaf) return "other leaf"
  if (holder.orgId !== policy.orgId) return "other org"
  return holder.enrolled ? "enrolled" : "unenrolled"
}

function tokenState(
  token: CaseToken | "invalid" | "none",
  sessionOf: (session: CaseSession) => SessionState,
  leaf: Leaf,
): TokenState {
  if (token === "none") return noToken
  if (token === "invalid") return { ...noToken, kind: place(tokenClasses.kind, "invalid") }
  const { session, confirmation } = token
  const written = confirmation === "none" || confirmation === "malformed"
  const equal = !written && hexOf(confirmation) === leaf ? "L" : "other"
  return {
    kind: place(tokenClasses.kind, session === "none" ? "unknown" : "session"),
    confirmation: place(tokenClasses.confirmation, written ? confirmation : equal),
    session: session === "none" ? plainSession : sessionOf(session),
  }
}

function sessionState(
  session: CaseSession,
  policy: CasePolicy,
  now: Instant,
  leaf: Leaf,
): SessionState {
  const { orgId, secret, active, expiresAt, apis } = session
  const inTime = expiresAt !== "never" && second(now) <= exact(expiresAt) ? "later" : "past"
  const listed = apis !== "all" && apis.includes(policy.apiId) ? "holds" : "lacks"
  return {
    org: place(sessionClasses.org, orgId === policy.orgId ? "ours" : "other"),
    secret: place(sessionClasses.secret, yesNo(secret)),
    active: place(sessionClasses.active, yesNo(active)),
    expiry: place(sessionClasses.expiry, expiresAt === "never" ? "never" : inTime),
    apis: place(sessionClasses.apis, apis === "all" ? "all" : listed),
    certificate: place(sessionClasses.certificate, certificateClass(session, leaf)),
    bindings: place(sessionClasses.bindings, bindingsClass(session, leaf)),
  }
}

function certificateClass(
  { certificate }: CaseSession,
  leaf: Leaf,
): (typeof sessionClasses.certificate)[number] {
  if (certificate === "none") return "none"
  const { name, enrolled } = certificate
  if (hexOf(name) === leaf) return enrolled ? "L enrolled" : "L unenrolled"
  return enrolled ? "other enrolled" : "other unenrolled"
}

function bindingsClass(
  { bindings }: CaseSession,
  leaf: Leaf,
): (typeof sessionClasses.bindings)[number] {
  if (bindings === "none") return "none"
  if (bindings.length === 0) return "empty"
  return holds(bindings, leaf) ? "L" : "other"
}
