import type { Fingerprint } from "./fingerprint.ts"
import {
  fingerprintAt,
  fingerprintsAt,
  listOfTexts,
  requireBoolean,
  requireObject,
  requireText,
} from "./input.ts"

/** A record of the session store, reduced to what a decision may ask. */
export interface Session {
  /** SHA-256 over (organisation, canonical store key): equal iff the same record, never the key. */
  readonly id: string
  readonly orgId: string
  readonly active: boolean
  /** Epoch milliseconds; the instant itself is still valid. */
  readonly expiresAt: number | "never"
  readonly apis: ReadonlySet<string> | "all"
  /** The certificate that identifies this session (dynamic mTLS). */
  readonly certificate: NamedCertificate | "none"
  /** The certificates that its token works with; an empty list works with none. */
  readonly bindings: readonly Fingerprint[] | "none"
  /** `false`: the key can be computed from public data (seed S1: organisation id and certificate hash). */
  readonly secret: boolean
}

export interface NamedCertificate {
  readonly sha256: Fingerprint
  readonly enrolled: boolean
}

/** A session as plain data; every field is required, because absence never opens. */
export interface SessionInput {
  readonly id: string
  readonly orgId: string
  readonly active: boolean
  readonly expiresAt: number | "never"
  readonly apis: readonly string[] | "all"
  /** `sha256` as 64 hexadecimal digits. */
  readonly certificate: { readonly sha256: string; readonly enrolled: boolean } | "none"
  /** SHA-256 fingerprints as 64 hexadecimal digits. */
  readonly bindings: readonly string[] | "none"
  readonly secret: boolean
}

/** Makes a session from plain data; wrong types and malformed fingerprints are a `TypeError`. */
export function session(input: SessionInput): Session {
  requireObject(input, "session")
  const { id, orgId, active, expiresAt, apis, certificate, bindings, secret } = input
  requireText(id, "session.id")
  if (id === "") throw new TypeError("session.id must not be empty: equal ids are one record")
  requireText(orgId, "session.orgId")
  requireBoolean(active, "session.active")
  requireBoolean(secret, "session.secret")
  if (expiresAt !== "never" && !Number.isFinite(expiresAt)) {
    throw new TypeError('session.expiresAt must be "never" or epoch milliseconds')
  }
  return {
    id,
    orgId,
    active,
    expiresAt,
    apis: apis === "all" ? "all" : new Set(listOfTexts(apis, "session.apis", ' or "all"')),
    certificate: certificate === "none" ? "none" : named(certificate),
    bindings:
      bindings === "none" ? "none" : fingerprintsAt(bindings, "session.bindings", ' or "none"'),
    secret,
  }
}

function named(certificate: Exclude<SessionInput["certificate"], "none">): NamedCertificate {
  if (typeof certificate !== "object" || certificate === null) {
    throw new TypeError('session.certificate must be "none" or { sha256, enrolled }')
  }
  requireBoolean(certificate.enrolled, "session.certificate.enrolled")
  return {
    sha256: fingerprintAt(certificate.sha256, "session.certificate.sha256"),
    enrolled: certificate.enrolled,
  }
}
