/** One certificate and what is true of it, in words that need no parser. */
export interface Member {
  readonly id: string
  readonly der: Uint8Array
  readonly sha256: string
  /** Names, and keys, are the same exactly where their labels are. */
  readonly subject: string
  readonly issuer: string
  readonly key: string
  readonly signedBy: string
  /** basicConstraints cA, with keyCertSign. */
  readonly authority: boolean
  readonly pathLength?: number
  readonly validity: Interval
  /** Extended key usage; absent: no such extension. */
  readonly purposes?: readonly string[]
  readonly dnsNames: readonly string[]
  /** Domains that the names below must all lie in. */
  readonly permitted?: readonly string[]
  /** Domains that no name below may lie in. */
  readonly excluded?: readonly string[]
  /** Its encoding or signature breaks a rule, so that it proves nothing. */
  readonly malformed: boolean
  /** Ids of the authorities it was issued under, nearest first. */
  readonly above: readonly string[]
}

/** Epoch milliseconds, both ends inside. */
export interface Interval {
  readonly notBefore: number
  readonly notAfter: number
}
