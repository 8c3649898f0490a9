/** A session of the configuration, as a session store is told of it. */
export interface KnownSession {
  /** The store key. */
  readonly key: string
  readonly orgId: string
  readonly active: boolean
  /** Epoch milliseconds. */
  readonly expiresAt: number | "never"
  readonly apis: readonly string[] | "all"
  /** SHA-256 of the certificate that identifies it; `"unreadable"`: it names one that cannot be read. */
  readonly certificate: string | "none" | "unreadable"
  /** SHA-256 of every certificate that its token works with; an empty list works with none. */
  readonly bindings: readonly string[] | "none"
}
