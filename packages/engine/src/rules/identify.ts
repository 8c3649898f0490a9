import type { Mechanism, Policy } from "../policy.ts"
import type { Leaf, Peer, Request, Token } from "../request.ts"
import type { Session } from "../session.ts"
import type { Identified, LeafRule } from "../verdict.ts"
import { binds, certificateSession, isBound, isEnrolled, names, presentedPeer } from "./leaf.ts"
import {
  certificateUnknown,
  computableToken,
  dynamicRequired,
  misdirected,
  namedNotEnrolled,
  noSession,
  notEnrolled,
  otherOrganisation,
  type Refusal,
  tokenDisagrees,
  tokenInvalid,
  tokenMissing,
} from "./refusal.ts"
import { contains, leafOutOfTime } from "./time.ts"
import { holds, type Trace } from "./trace.ts"

/** Who calls, as the rules find out. */
export interface Caller {
  session: Session | undefined
  sessionBy: Identified["sessionBy"]
  leafBy: LeafRule | undefined
}

/** Finds the session that one mechanism identifies and writes it to `caller`, or refuses. */
export function identify(
  policy: Policy,
  mechanism: Mechanism,
  request: Request,
  now: number,
  caller: Caller,
  trace: Trace | undefined,
): Refusal | undefined {
  if (mechanism._tag === "jwt") return byJwt(policy, request, now, caller, trace)
  if (mechanism._tag !== "authToken") throw new TypeError("the mechanism is not known")
  if (mechanism.certificate === false) {
    return byToken(policy, request, now, request.credentials.authToken, caller, "token", trace)
  }
  if (mechanism.certificate !== true) throw new TypeError("the mechanism is not known")
  if (!holds(trace, "identify.host", request.hostAgrees === true)) return misdirected
  const peer = presentedPeer(request)
  const presented = holds(trace, "identify.certificate", peer !== undefined)
  if (presented && peer !== undefined) {
    return byCertificate(policy, request, now, peer, caller, trace)
  }
  if (policy.flags.allowDynamicMtlsTokenAuth !== true) return dynamicRequired
  return byTokenAlone(policy, request, now, caller, trace)
}

function byJwt(
  policy: Policy,
  request: Request,
  now: number,
  caller: Caller,
  trace: Trace | undefined,
): Refusal | undefined {
  const { jwt } = request.credentials
  if (!holds(trace, "identify.verified", jwt !== "invalid") || jwt === "invalid") {
    return tokenInvalid
  }
  return byToken(policy, request, now, jwt, caller, "jwt", trace)
}

function byToken(
  policy: Policy,
  request: Request,
  now: number,
  token: Token | "none",
  caller: Caller,
  by: "token" | "jwt",
  trace: Trace | undefined,
): Refusal | undefined {
  if (!holds(trace, "identify.presented", token !== "none") || token === "none") {
    return tokenMissing
  }
  const refusal = unknown(policy, request, now, token, caller)
  if (!holds(trace, "identify.known", refusal === undefined, token.session)) return refusal
  caller.session = token.session
  caller.sessionBy = by
  return undefined
}

/** The unsafe flag of seeds S0 and S1: a dynamic API takes the token of a client without certificate. */
function byTokenAlone(
  policy: Policy,
  request: Request,
  now: number,
  caller: Caller,
  trace: Trace | undefined,
): Refusal | undefined {
  const { authToken } = request.credentials
  const refusal = byToken(policy, request, now, authToken, caller, "token", trace)
  if (refusal !== undefined) return refusal
  const certificate = caller.session?.certificate
  const enrolled = certificate === "none" || certificate?.enrolled === true
  if (!holds(trace, "identify.named_enrolled", enrolled, caller.session)) return namedNotEnrolled
  return undefined
}

/** Dynamic mTLS: the certificate identifies the session, and a presented token must agree with it. */
function byCertificate(
  policy: Policy,
  request: Request,
  now: number,
  { leaf }: Peer,
  caller: Caller,
  trace: Trace | undefined,
): Refusal | undefined {
  if (!holds(trace, "identify.valid", contains(leaf.validity, now))) {
    return leafOutOfTime(leaf.validity, now)
  }
  const token = request.credentials.authToken
  if (token !== "none") {
    const refusal = unknown(policy, request, now, token, caller)
    const session = token.session
    if (!holds(trace, "identify.known", refusal === undefined, session)) return refusal
    const bound = session !== undefined && binds(policy, request, now, session, leaf)
    if (holds(trace, "identify.binding", bound, session)) {
      caller.session = session
      caller.sessionBy = "token"
      caller.leafBy ??= "binding"
      return undefined
    }
  }
  const session = certificateSession(policy, request, leaf)
  if (!holds(trace, "identify.session", session !== undefined, session) || session === undefined) {
    return certificateUnknown
  }
  const agrees = token === "none" || token.session?.id === session.id
  if (!holds(trace, "identify.agrees", agrees, session)) return tokenDisagrees
  if (!holds(trace, "identify.enrolled", isEnrolled(policy, request, leaf), session)) {
    return notEnrolled
  }
  caller.session = session
  caller.sessionBy = "certificate"
  caller.leafBy ??= "certificate"
  return undefined
}

/** Why nobody may be known by this token, or `undefined` if its session may be. */
function unknown(
  policy: Policy,
  request: Request,
  now: number,
  { session }: Token,
  caller: Caller,
): Refusal | undefined {
  if (session === undefined) return noSession
  if (session.orgId !== policy.orgId) return otherOrganisation
  if (session.secret === true || policy.flags.allowDynamicMtlsTokenAuth === true) return undefined
  const leafBy = provesComputable(policy, request, now, session)
  if (leafBy === undefined) return computableToken
  caller.leafBy ??= leafBy
  return undefined
}

/** A key that anybody can compute counts only beside a certificate of its session (seed S1). */
function provesComputable(
  policy: Policy,
  request: Request,
  now: number,
  session: Session,
): LeafRule | undefined {
  if (request.hostAgrees !== true) return undefined
  const leaf: Leaf | undefined = presentedPeer(request)?.leaf
  if (leaf === undefined || !contains(leaf.validity, now)) return undefined
  if (!isEnrolled(policy, request, leaf)) return undefined
  if (names(session, leaf)) return "certificate"
  return isBound(session, leaf) ? "binding" : undefined
}
