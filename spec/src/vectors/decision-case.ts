import type { Flags, Identity } from "@countersign/engine"

/**
 * One decision as language-neutral data: a policy, and everything that a decision may depend on.
 * Every field is required, and what was not presented is said with `"none"`.
 */
export interface DecisionCase {
  readonly policy: CasePolicy
  readonly request: CaseRequest
}

/**
 * A certificate, by its name; its fingerprint is the SHA-256 of the name in UTF-8.
 * 64 hexadecimal digits are a fingerprint as they stand.
 */
export type CertificateName = string

/** RFC 3339 in UTC, `2026-01-31T12:00:00Z`, with a fraction of a second where it matters. */
export type Instant = string

/** Both ends are valid instants (RFC 5280 §4.1.2.5). */
export type CaseInterval = readonly [notBefore: Instant, notAfter: Instant]

export interface CasePolicy {
  readonly apiId: string
  readonly orgId: string
  /** An entry with cA TRUE stands in both lists. */
  readonly staticMtls:
    | "off"
    | { readonly leaves: readonly CertificateName[]; readonly anchors: readonly CertificateName[] }
  readonly identity: Identity
  readonly flags: Flags
  readonly revocation: "off" | "soft" | "hard"
  readonly stripAuthorizationData: boolean
}

export interface CaseRequest {
  readonly now: Instant
  readonly hostAgrees: boolean
  readonly connection: "plain" | { readonly peer: CasePeer | "none" }
  readonly credentials: {
    readonly authToken: CaseToken | "none"
    readonly jwt: CaseToken | "invalid" | "none"
  }
  readonly holder: CaseHolder | "none"
}

export interface CasePeer {
  readonly leaf: CertificateName
  readonly validity: CaseInterval | "none"
  readonly revoked: boolean
  readonly paths: readonly CasePath[]
}

export interface CasePath {
  readonly anchor: CertificateName
  readonly validity: CaseInterval
  readonly revocation: "good" | "revoked" | "unknown"
  readonly freshUntil: Instant
}

export interface CaseToken {
  /** `"none"`: no record has this token. */
  readonly session: CaseSession | "none"
  readonly confirmation: CertificateName | "malformed" | "none"
}

export interface CaseHolder {
  readonly leaf: CertificateName
  readonly orgId: string
  readonly enrolled: boolean
  readonly session: CaseSession | "none"
}

export interface CaseSession {
  readonly id: string
  readonly orgId: string
  readonly active: boolean
  readonly expiresAt: Instant | "never"
  readonly apis: "all" | readonly string[]
  readonly certificate: "none" | { readonly name: CertificateName; readonly enrolled: boolean }
  readonly bindings: "none" | readonly CertificateName[]
  readonly secret: boolean
}
