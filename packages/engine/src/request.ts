import type { Fingerprint } from "./fingerprint.ts"
import type { Session } from "./session.ts"

/**
 * Everything a decision may depend on; nothing else exists.
 * What was not presented is said with `"none"`: a field that is missing denies (`guard.fault`).
 */
export interface Request {
  /** Epoch milliseconds; decided in whole seconds (RFC 5280 §4.1.2.5), rounded down. */
  readonly now: number
  /** The TLS server name and the HTTP host select the same group of policies (421 otherwise, RFC 9110 §15.5.20). */
  readonly hostAgrees: boolean
  readonly connection: Connection
  readonly credentials: Credentials
  /** What the stores said about the presented leaf; without it the leaf is a stranger. */
  readonly holder?: Holder
}

export type Connection =
  | { readonly _tag: "plain" }
  | { readonly _tag: "tls"; readonly peer: Peer | "none" }

/** What the leaf, the only certificate whose key the client proved, shows. Facts, no store, no time. */
export interface Peer {
  readonly leaf: Leaf
  /**
   * A revocation list has the leaf, whether or not a path to its issuer is known: which certificates
   * come with the leaf is the client's choice, and must not hide that it was revoked.
   */
  readonly revoked: boolean
  /** Every anchor the leaf validly chains to, and when (RFC 5280 §6). */
  readonly paths: readonly TrustPath[]
  /** The most specific reason why there is no path; read by `explain` alone. */
  readonly failure?: string
}

export interface Leaf {
  readonly sha256: Fingerprint
  /** Absent only where no rule can need it; an absent interval is never valid. */
  readonly validity?: Interval
}

/** Both ends are valid instants (RFC 5280 §4.1.2.5); epoch milliseconds holding whole seconds. */
export interface Interval {
  readonly notBefore: number
  readonly notAfter: number
}

/** The leaf chains to `anchor` inside the interval, which is the intersection over the path. */
export interface TrustPath extends Interval {
  readonly anchor: Fingerprint
  readonly revocation: Revocation
}

/**
 * `revoked` speaks of the leaf; a path with a revoked intermediate is no path.
 * Nothing is known after `freshUntil` (epoch milliseconds, a CRL's nextUpdate, RFC 5280 §5.1.2.5).
 */
export interface Revocation {
  readonly status: "good" | "revoked" | "unknown"
  readonly freshUntil: number
}

export interface Credentials {
  readonly authToken: Token | "none"
  /** `"invalid"`: presented, and its verification failed. */
  readonly jwt: Token | "invalid" | "none"
}

/** A presented token. Its text never enters the engine. */
export interface Token {
  /** Absent: no record has this token. */
  readonly session?: Session
  /** RFC 8705 `x5t#S256` of a verified JWT; `"malformed"` covers other confirmation methods too. */
  readonly confirmation: Fingerprint | "malformed" | "none"
}

/** What the stores said about one leaf in one organisation; ignored for any other. */
export interface Holder {
  readonly leaf: Fingerprint
  readonly orgId: string
  /** The leaf stands in the organisation's certificate store. */
  readonly enrolled: boolean
  /** The session that this leaf identifies; it counts only if it names the leaf. */
  readonly session?: Session
}
