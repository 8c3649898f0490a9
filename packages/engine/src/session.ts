import { type Fingerprint, fingerprint } from "./fingerprint.ts"

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
  const { id, orgId, active, expiresAt, apis, certificate, bindings, secret } = input
  requireText(id, "id")
  requireText(orgId, "orgId")
  requireBoolean(active, "active")
  requireBoolean(secret, "secret")
  if (expiresAt !== "never" && !Number.isFinite(expiresAt)) {
    throw new TypeError('session.expiresAt is epoch milliseconds or "never"')
  }
  if (apis !== "all") requireTexts(apis, "apis")
  if (bindings !== "none") requireTexts(bindings, "bindings")
  if (certificate !== "none") requireBoolean(certificate.enrolled, "certificate.enrolled")
  return {
    id,
    orgId,
    active,
    expiresAt,
    apis: apis === "all" ? "all" : new Set(apis),
    certificate:
      certificate === "none"
        ? "none"
        : { sha256: fingerprint(certificate.sha256), enrolled: certificate.enrolled },
    bindings: bindings === "none" ? "none" : bindings.map(fingerprint),
    secret,
  }
}

function requireText(value: unknown, name: string): void {
  if (typeof value !== "string") throw new TypeError(`session.${name} must be a string`)
}

function requireTexts(value: unknown, name: string): void {
  if (!Array.isArray(value) || value.some((item) => typeof item !== "string")) {
    throw new TypeError(`session.${name} must be a list of strings`)
  }
}

function requireBoolean(value: unknown, name: string): void {
  if (typeof value !== "boolean") throw new TypeError(`session.${name} must be a boolean`)
}
