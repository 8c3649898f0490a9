import { sameFingerprint } from "../fingerprint.ts"
import type { Mechanism, Policy } from "../policy.ts"
import type { Request, Token } from "../request.ts"
import type { Session } from "../session.ts"
import type { Caller } from "./identify.ts"
import { isBound, isEnrolled, presentedPeer } from "./leaf.ts"
import {
  boundNoCertificate,
  boundOther,
  confirmationMalformed,
  confirmationNoCertificate,
  confirmationOther,
  misdirected,
  notEnrolled,
  type Refusal,
} from "./refusal.ts"
import { contains, leafOutOfTime } from "./time.ts"
import { holds, type Trace } from "./trace.ts"
import { isWord } from "./word.ts"

/** A bound token works with the certificates of its session, on every API (seed S4, RFC 8705 §3). */
export function bind(
  policy: Policy,
  mechanism: Mechanism,
  request: Request,
  now: number,
  caller: Caller,
  session: Session,
  trace: Trace | undefined,
): Refusal | undefined {
  if (policy.flags.certificateTokenBinding !== false && !isWord(session.bindings, "none")) {
    const refusal = toBindings(policy, request, now, session, trace)
    if (refusal !== undefined) return refusal
    caller.leafBy ??= "binding"
  }
  const { authToken, jwt } = request.credentials
  const token = mechanism._tag === "jwt" ? jwt : authToken
  if (isWord(token, "none") || isWord(token, "invalid") || isWord(token.confirmation, "none"))
    return undefined
  const refusal = toConfirmation(request, now, token.confirmation, session, trace)
  if (refusal !== undefined) return refusal
  caller.leafBy ??= "confirmation"
  return undefined
}

function toBindings(
  policy: Policy,
  request: Request,
  now: number,
  session: Session,
  trace: Trace | undefined,
): Refusal | undefined {
  if (!holds(trace, "bind.host", request.hostAgrees === true, session)) return misdirected
  const leaf = presentedPeer(request)?.leaf
  if (!holds(trace, "bind.certificate", leaf !== undefined, session) || leaf === undefined) {
    return boundNoCertificate
  }
  if (!holds(trace, "bind.valid", contains(leaf.validity, now), session)) {
    return leafOutOfTime(leaf.validity, now)
  }
  if (!holds(trace, "bind.listed", isBound(session, leaf), session)) return boundOther
  const enrolled = isEnrolled(policy, request, leaf)
  return holds(trace, "bind.enrolled", enrolled, session) ? undefined : notEnrolled
}

function toConfirmation(
  request: Request,
  now: number,
  confirmation: Exclude<Token["confirmation"], "none">,
  session: Session,
  trace: Trace | undefined,
): Refusal | undefined {
  const readable = !isWord(confirmation, "malformed")
  if (!holds(trace, "confirm.readable", readable, session) || !readable) {
    return confirmationMalformed
  }
  if (!holds(trace, "confirm.host", request.hostAgrees === true, session)) return misdirected
  const leaf = presentedPeer(request)?.leaf
  if (!holds(trace, "confirm.certificate", leaf !== undefined, session) || leaf === undefined) {
    return confirmationNoCertificate
  }
  if (!holds(trace, "confirm.valid", contains(leaf.validity, now), session)) {
    return leafOutOfTime(leaf.validity, now)
  }
  const equal = sameFingerprint(confirmation, leaf.sha256)
  return holds(trace, "confirm.equal", equal, session) ? undefined : confirmationOther
}
