import type { Policy, StaticMtls } from "../policy.ts"
import type { Peer, Request, TrustPath } from "../request.ts"
import type { LeafRule } from "../verdict.ts"
import { type Caller, identify } from "./identify.ts"
import { binds, presentedPeer } from "./leaf.ts"
import {
  certificateRequired,
  misdirected,
  notAllowed,
  type Refusal,
  revocationUnknown,
  revoked,
  tlsRequired,
} from "./refusal.ts"
import { atMost, contains, instantOf, leafOutOfTime, pathOutOfTime } from "./time.ts"
import { holds, type Trace } from "./trace.ts"
import { isWord } from "./word.ts"

/**
 * Static mTLS: whether the allow list admits the connection, and by which rule.
 * `undefined`: the API has no allow list.
 */
export function admit(
  policy: Policy,
  request: Request,
  now: number,
  trace: Trace | undefined,
): LeafRule | Refusal | undefined {
  const list = policy.staticMtls
  if (isWord(list, "off")) return undefined
  if (!holds(trace, "admit.tls", request.connection._tag === "tls")) return tlsRequired
  if (!holds(trace, "admit.host", request.hostAgrees === true)) return misdirected
  const peer = presentedPeer(request)
  if (!holds(trace, "admit.certificate", peer !== undefined) || peer === undefined) {
    return certificateRequired
  }
  const usable = contains(peer.leaf.validity, now) && !isRevoked(policy, peer)
  const isListed = list.leaves.has(peer.leaf.sha256)
  const listed = usable && isListed
  if (holds(trace, "admit.listed", listed)) return "allow_list"
  const path = usable && somePathAdmits(policy, list, peer.paths, now)
  if (holds(trace, "admit.path", path)) return "trust_path"
  const bound = usable && boundAdmits(policy, request, now, peer)
  if (holds(trace, "admit.bound", bound)) return "binding"
  holds(trace, "admit.refused", false)
  if (!isListed && peer.paths.length === 0) return notAllowed
  return whyRefused(policy, list, peer, now, isListed)
}

/** A leaf that is revoked on any path is revoked; a status nobody knows counts as revoked. */
function isRevoked(policy: Policy, peer: Peer): boolean {
  if (policy.revocation === "off") return false
  if (peer.revoked !== false) return true
  return peer.paths.some(({ revocation: { status } }) => status !== "good" && status !== "unknown")
}

/** A loop: a function that sees `now` and the policy would have to be made for every request. */
function somePathAdmits(
  policy: Policy,
  list: StaticMtls,
  paths: Peer["paths"],
  now: number,
): boolean {
  for (const path of paths) if (pathAdmits(policy, list, path, now)) return true
  return false
}

function pathAdmits(policy: Policy, list: StaticMtls, path: TrustPath, now: number): boolean {
  return list.anchors.has(path.anchor) && contains(path, now) && isFresh(policy, path, now)
}

function isFresh(policy: Policy, { revocation }: TrustPath, now: number): boolean {
  if (policy.revocation === "off" || policy.revocation === "soft") return true
  return revocation.status === "good" && atMost(instantOf(now), revocation.freshUntil)
}

/** The flag of seed S4's first snapshot: the presented token's session binds the leaf. */
function boundAdmits(policy: Policy, request: Request, now: number, peer: Peer): boolean {
  const { flags, identity } = policy
  if (flags.boundCertificateSatisfiesAllowList !== true) return false
  if (flags.certificateTokenBinding !== true || identity._tag !== "authToken") return false
  const caller: Caller = { session: undefined, sessionBy: undefined, leafBy: undefined }
  const refusal = identify(policy, identity, request, now, caller, undefined)
  if (refusal !== undefined || caller.sessionBy !== "token") return false
  return caller.session !== undefined && binds(policy, request, now, caller.session, peer.leaf)
}

function whyRefused(
  policy: Policy,
  list: StaticMtls,
  peer: Peer,
  now: number,
  isListed: boolean,
): Refusal {
  const paths = pathsTo(list, peer.paths)
  if (paths.length === 0 && !isListed) return notAllowed
  if (!contains(peer.leaf.validity, now)) return leafOutOfTime(peer.leaf.validity, now)
  if (isRevoked(policy, peer)) return revoked
  if (someContains(paths, now)) return revocationUnknown
  return pathOutOfTime(paths.reduce(lastEnding), now)
}

function pathsTo({ anchors }: StaticMtls, paths: Peer["paths"]): readonly TrustPath[] {
  const reaching: TrustPath[] = []
  for (const path of paths) if (anchors.has(path.anchor)) reaching.push(path)
  return reaching
}

function someContains(paths: readonly TrustPath[], now: number): boolean {
  return paths.some((path) => contains(path, now))
}

function lastEnding(a: TrustPath, b: TrustPath): TrustPath {
  return b.notAfter > a.notAfter ? b : a
}
