import type { Mechanism } from "@countersign/engine"
import { hexOf } from "../vectors/concretise-case.ts"
import type {
  CaseInterval,
  CasePath,
  CasePeer,
  CasePolicy,
  CaseSession,
  CaseToken,
  CertificateName,
  DecisionCase,
  Instant,
} from "../vectors/decision-case.ts"

/** What stands in a case, said without any rule of a decision. */

/** Epoch milliseconds of the second in which the case is decided. */
export function secondOf({ request: { now } }: DecisionCase): number {
  return wholeSecond(now)
}

function wholeSecond(instant: Instant): number {
  return Math.floor(Date.parse(instant) / 1000) * 1000
}

export function contains([notBefore, notAfter]: CaseInterval, at: number): boolean {
  return Date.parse(notBefore) <= at && at <= Date.parse(notAfter)
}

export function isSame(a: CertificateName, b: CertificateName): boolean {
  return hexOf(a) === hexOf(b)
}

export function holds(list: readonly CertificateName[], wanted: CertificateName): boolean {
  return list.some((name) => isSame(name, wanted))
}

/** What was presented over TLS. */
export function peerOf({ request: { connection } }: DecisionCase): CasePeer | undefined {
  return connection === "plain" || connection.peer === "none" ? undefined : connection.peer
}

/** The peer that was presented to this host. */
export function peerHere(one: DecisionCase): CasePeer | undefined {
  return one.request.hostAgrees ? peerOf(one) : undefined
}

/** The leaf that was presented to this host and is in its time. */
export function validLeaf(one: DecisionCase): CertificateName | undefined {
  const peer = peerHere(one)
  if (peer === undefined || peer.validity === "none") return undefined
  return contains(peer.validity, secondOf(one)) ? peer.leaf : undefined
}

/** The leaf that is also enrolled in the policy's organisation. */
export function enrolledLeaf(one: DecisionCase): CertificateName | undefined {
  const leaf = validLeaf(one)
  const { holder } = one.request
  if (leaf === undefined || holder === "none" || !holder.enrolled) return undefined
  return holder.orgId === one.policy.orgId && isSame(holder.leaf, leaf) ? leaf : undefined
}

/** The paths to the authorities of the list, whatever their time. */
export function pathsToList(one: DecisionCase): readonly CasePath[] {
  const { staticMtls } = one.policy
  if (staticMtls === "off") return []
  return (peerOf(one)?.paths ?? []).filter(({ anchor }) => holds(staticMtls.anchors, anchor))
}

export function isListed({ policy: { staticMtls } }: DecisionCase, leaf: CertificateName): boolean {
  return staticMtls !== "off" && holds(staticMtls.leaves, leaf)
}

export function names({ certificate }: CaseSession, leaf: CertificateName): boolean {
  return certificate !== "none" && isSame(certificate.name, leaf)
}

export function isBound({ bindings }: CaseSession, leaf: CertificateName): boolean {
  return bindings !== "none" && holds(bindings, leaf)
}

export function sessionOf(token: CaseToken | "invalid" | "none"): CaseSession | undefined {
  return typeof token === "string" || token.session === "none" ? undefined : token.session
}

/** The session that the stores have for the presented certificate. */
export function holderSession({ request: { holder } }: DecisionCase): CaseSession | undefined {
  return holder === "none" || holder.session === "none" ? undefined : holder.session
}

/** Every record that the case speaks of. */
export function recordsOf(one: DecisionCase): readonly CaseSession[] {
  const { authToken, jwt } = one.request.credentials
  return [sessionOf(authToken), sessionOf(jwt), holderSession(one)].filter(
    (record) => record !== undefined,
  )
}

/** The record with this id. */
export function recordOf(one: DecisionCase, id: string | undefined): CaseSession | undefined {
  return recordsOf(one).find((record) => record.id === id)
}

/** The groups of which one must allow; none where nobody is asked for. */
export function groupsOf({ identity }: CasePolicy): readonly (readonly Mechanism[])[] {
  if (identity._tag === "keyless") return []
  return identity._tag === "alternatives" ? identity.groups : [[identity]]
}

/** The token that a mechanism reads. */
export function tokenFor(
  { request: { credentials } }: DecisionCase,
  mechanism: Mechanism,
): CaseToken | undefined {
  const token = mechanism._tag === "jwt" ? credentials.jwt : credentials.authToken
  return typeof token === "string" ? undefined : token
}
