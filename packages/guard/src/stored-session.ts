import { type Fingerprint, fingerprint, type Session } from "@countersign/engine"
import { canonicalKey, isComputableKey } from "@countersign/http"
import { sha256 } from "@countersign/x509/node"

/** A record of a session store. Whether its certificate is enrolled is the certificate store's knowledge. */
export interface StoredSession extends Omit<Session, "certificate"> {
  /** `"unreadable"`: the record names a certificate that cannot be read; it is never enrolled. */
  readonly certificate: Fingerprint | "none" | "unreadable"
}

const unreadable = { sha256: fingerprint("0".repeat(64)), enrolled: false }
const encoder = new TextEncoder()

/**
 * What the engine has to know of a store key without ever seeing it: `id`, equal for every spelling
 * of one record, and `secret`, false for a key that anybody can compute from the organisation's id
 * and the certificate (seed S1).
 */
export function sessionKeyFacts(
  orgId: string,
  key: string,
  certificate: StoredSession["certificate"],
): { readonly id: string; readonly secret: boolean } {
  const canonical = canonicalKey(orgId, key)
  const id = sha256(encoder.encode(JSON.stringify([canonical.orgId, canonical.id])))
  if (certificate === "none") return { id, secret: true }
  const digest = certificate === "unreadable" ? "" : certificate.hex
  return { id, secret: !isComputableKey(orgId, key, digest) }
}

/** The session that the engine sees. Made for each request: a record changed in place counts at once. */
export function withEnrolment(stored: StoredSession, enrolled: boolean): Session {
  const { id, orgId, active, expiresAt, apis, bindings, secret } = stored
  const certificate = namedCertificate(stored.certificate, enrolled)
  return { id, orgId, active, expiresAt, apis, certificate, bindings, secret }
}

function namedCertificate(
  certificate: StoredSession["certificate"],
  enrolled: boolean,
): Session["certificate"] {
  if (certificate === "none") return certificate
  if (certificate === "unreadable") return unreadable
  return { sha256: certificate, enrolled }
}
