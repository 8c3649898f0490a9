import {
  decide,
  explain,
  fingerprint,
  type Holder,
  type Identity,
  type Interval,
  type Leaf,
  type Mechanism,
  type Peer,
  type Policy,
  type PolicyInput,
  policy,
  type Request,
  type Session,
  type SessionInput,
  session,
  type Token,
  type TrustPath,
  type Verdict,
} from "../../src/index.ts"

export const second = 1000
export const hour: number = 3600 * second
/** A whole second. */
export const now: number = Date.UTC(2026, 5, 1, 12)
export const valid: Interval = { notBefore: now - hour, notAfter: now + hour }

export const alice: string = "a".repeat(64)
export const bob: string = "b".repeat(64)
export const authority: string = "c".repeat(64)
export const stranger: string = "d".repeat(64)

export const keyless: Identity = { _tag: "keyless" }
export const token: Mechanism = { _tag: "authToken", certificate: false }
export const dynamic: Mechanism = { _tag: "authToken", certificate: true }
export const jwt: Mechanism = { _tag: "jwt" }

export function anyOf(...groups: Mechanism[][]): Identity {
  return { _tag: "alternatives", groups }
}

export type PolicyParts = Partial<PolicyInput>

export function policyInput(parts: PolicyParts = {}): PolicyInput {
  return { apiId: "orders", orgId: "acme", staticMtls: "off", identity: token, ...parts }
}

export function policyOf(parts: PolicyParts = {}): Policy {
  return policy(policyInput(parts))
}

export function sessionOf(parts: Partial<SessionInput> = {}): Session {
  return session({
    id: "s1",
    orgId: "acme",
    active: true,
    expiresAt: "never",
    apis: "all",
    certificate: "none",
    bindings: "none",
    secret: true,
    ...parts,
  })
}

export const enrolledAlice = { sha256: alice, enrolled: true }

/** A session whose key anybody can compute from its certificate. */
export function computableOf(parts: Partial<SessionInput> = {}): Session {
  return sessionOf({ secret: false, certificate: enrolledAlice, ...parts })
}

export function tokenOf(found?: Session, confirmation: Token["confirmation"] = "none"): Token {
  return found === undefined ? { confirmation } : { session: found, confirmation }
}

export function leafOf(sha256: string = alice, validity: Interval | "absent" = valid): Leaf {
  const leaf = { sha256: fingerprint(sha256) }
  return validity === "absent" ? leaf : { ...leaf, validity }
}

export function pathOf(parts: Partial<TrustPath> = {}): TrustPath {
  return { anchor: fingerprint(authority), ...valid, revocation: good, ...parts }
}

export const good: TrustPath["revocation"] = { status: "good", freshUntil: now + hour }
export const revoked: TrustPath["revocation"] = { status: "revoked", freshUntil: now + hour }
export const unknown: TrustPath["revocation"] = { status: "unknown", freshUntil: now + hour }

export function peerOf(parts: Partial<Peer> = {}): Peer {
  return { leaf: leafOf(), revoked: false, paths: [], ...parts }
}

export function holderOf(parts: Partial<Holder> = {}): Holder {
  return { leaf: fingerprint(alice), orgId: "acme", enrolled: true, ...parts }
}

export interface RequestParts {
  readonly now?: number
  readonly hostAgrees?: boolean
  /** `"plain"`: no TLS at all. */
  readonly peer?: Peer | "none" | "plain"
  readonly authToken?: Token | "none"
  readonly jwt?: Token | "invalid" | "none"
  readonly holder?: Holder
}

export function requestOf(parts: RequestParts = {}): Request {
  const { peer = "none", authToken = "none", jwt: verified = "none", holder } = parts
  const request: Request = {
    now: parts.now ?? now,
    hostAgrees: parts.hostAgrees ?? true,
    connection: peer === "plain" ? { _tag: "plain" } : { _tag: "tls", peer },
    credentials: { authToken, jwt: verified },
  }
  return holder === undefined ? request : { ...request, holder }
}

/** Alice's certificate, enrolled. */
export const withAlice: RequestParts = { peer: peerOf(), holder: holderOf() }

/** `allow <by>:<session> <by>:<leaf>`, or the reason and its detail. */
export function told(verdict: Verdict): string {
  if (verdict._tag === "Deny") {
    return verdict.detail === undefined ? verdict.reason : `${verdict.reason} ${verdict.detail}`
  }
  const { session: id, sessionBy, leaf, leafBy } = verdict.identity
  const caller = sessionBy === undefined && id === undefined ? "nobody" : `${sessionBy}:${id}`
  const names: Readonly<Record<string, string>> = { [alice]: "alice", [bob]: "bob" }
  if (leafBy === undefined) return leaf === undefined ? `allow ${caller}` : "a leaf without a rule"
  return `allow ${caller} ${leafBy}:${names[leaf ?? ""] ?? leaf}`
}

/** What `decide` says, in short; `explain` must say the same. */
export function answer(parts: PolicyParts, request: RequestParts): string {
  const rule = policyOf(parts)
  const decided = told(decide(rule, requestOf(request)))
  const explained = told(explain(rule, requestOf(request)).verdict)
  return decided === explained ? decided : `decide: ${decided}; explain: ${explained}`
}

/** A row of a table of decisions. */
export type Row = readonly [sentence: string, PolicyParts, RequestParts, expected: string]

/** Hosts without types may pass anything: the whole with a part that its type forbids. */
export function damaged<T extends object>(whole: T, part: object): T {
  return { ...whole, ...part }
}
