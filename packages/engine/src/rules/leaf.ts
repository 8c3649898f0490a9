import { listHolds, sameFingerprint } from "../fingerprint.ts"
import type { Policy } from "../policy.ts"
import type { Leaf, Peer, Request } from "../request.ts"
import type { Session } from "../session.ts"
import { contains } from "./time.ts"
import { isWord } from "./word.ts"

/** The peer, or `undefined` where none was presented; a connection that says neither is a fault. */
export function presentedPeer(request: Request): Peer | undefined {
  const { connection } = request
  if (connection._tag === "plain") return undefined
  if (connection._tag === "tls") {
    if (isWord(connection.peer, "none")) return undefined
    if (typeof connection.peer === "object" && connection.peer !== null) return connection.peer
  }
  throw new TypeError("the connection says neither who its peer is nor that it has none")
}

/** Whether the leaf stands in the certificate store of the policy's organisation. */
export function isEnrolled(policy: Policy, request: Request, leaf: Leaf): boolean {
  const { holder } = request
  return (
    holder !== undefined &&
    holder.enrolled === true &&
    holder.orgId === policy.orgId &&
    sameFingerprint(holder.leaf, leaf.sha256)
  )
}

/** The session that the leaf identifies: the holder's, if it is of this leaf and organisation and names it. */
export function certificateSession(
  policy: Policy,
  request: Request,
  leaf: Leaf,
): Session | undefined {
  const { holder } = request
  if (holder === undefined || holder.orgId !== policy.orgId) return undefined
  if (!sameFingerprint(holder.leaf, leaf.sha256)) return undefined
  const { session } = holder
  if (session === undefined || session.orgId !== policy.orgId) return undefined
  return names(session, leaf) ? session : undefined
}

/** Whether the leaf is the certificate that identifies the session. */
export function names(session: Session, leaf: Leaf): boolean {
  const { certificate } = session
  return !isWord(certificate, "none") && sameFingerprint(certificate.sha256, leaf.sha256)
}

/** Whether the leaf stands in the session's bindings; a list that cannot be read is a fault. */
export function isBound(session: Session, leaf: Leaf): boolean {
  const { bindings } = session
  return !isWord(bindings, "none") && listHolds(bindings, leaf.sha256)
}

/** Whether the session binds the leaf: valid, enrolled and in its bindings, whatever the flags say. */
export function binds(
  policy: Policy,
  request: Request,
  now: number,
  session: Session,
  leaf: Leaf,
): boolean {
  return contains(leaf.validity, now) && isBound(session, leaf) && isEnrolled(policy, request, leaf)
}
