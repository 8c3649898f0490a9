import { type Fingerprint, fingerprint, type Session } from "@countersign/engine"
import { canonicalKey, isComputableKey } from "@countersign/http"
import { sha256 } from "@countersign/x509/node"

/** A record of a session store. Whether its certificate is enrolled is the certificate store's knowledge. */
export interface StoredSession extends Omit<Session, "certificate"> {
  /** `"unreadable"`: the record names a certificate that cannot be read; it is never enrolled. */
  readonly certificate: Fingerprint | "none" | "unreadable"
}

const nobody = fingerprint("0".repeat(64))
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

const sessions = new WeakMap<StoredSession, { enrolled?: Session; stranger?: Session }>()

/** The session that the engine sees, made once per record and enrolment. */
export function withEnrolment(stored: StoredSession, enrolled: boolean): Session {
  let made = sessions.get(stored)
  if (made === undefined) {
    made = {}
    sessions.set(stored, made)
  }
  if (enrolled) {
    made.enrolled ??= toSession(stored, true)
    return made.enrolled
  }
  made.stranger ??= toSession(stored, false)
  return made.stranger
}

function toSession(stored: StoredSession, enrolled: boolean): Session {
  const { certificate } = stored
  if (certificate === "none") return { ...stored, certificate }
  return certificate === "unreadable"
    ? { ...stored, certificate: { sha256: nobody, enrolled: false } }
    : { ...stored, certificate: { sha256: certificate, enrolled } }
}
