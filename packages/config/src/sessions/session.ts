import { canonicalKey, isComputableKey } from "@countersign/http"
import { readCertificateId } from "@countersign/x509"
import { checkKeys } from "../document/known-keys.ts"
import { isRecord, own } from "../document/record.ts"
import { below, type Place, problem, type Report } from "../problem.ts"
import type { KnownSession } from "./known-session.ts"
import { hasOtherMechanism } from "./mechanism.ts"
import { sessionKeys } from "./members.ts"
import { type RightsContext, readRights } from "./rights.ts"

export interface SessionContext extends RightsContext {
  /** Whether a SHA-256 is that of a certificate of this configuration. */
  readonly isCertificate: (sha256: string) => boolean
}

type Members = Readonly<Record<string, unknown>>

/**
 * Reads a session document (SEMANTICS §2.3); undefined where nobody may use it, with the reason reported.
 *
 * What is absent, empty, unreadable or only partly honoured never widens a session. Two members may be
 * left out with an effect of their own: without `mtls_static_certificate_bindings` the token is unbound,
 * without `is_inactive` the session is active.
 */
export function readSession(
  key: string,
  value: unknown,
  place: Place,
  context: SessionContext,
  report: Report,
): KnownSession | undefined {
  if (!isRecord(value) || key === "") {
    return drop(
      place,
      "this is not a session",
      "give an object under a key that is not empty",
      report,
    )
  }
  if (hasLookAlikes(value, place, report)) return undefined
  if (hasOtherMechanism(value, place, report)) return undefined
  const orgId = own(value, "org_id")
  if (typeof orgId !== "string") {
    const message = "the session belongs to no organisation"
    return drop(below(place, "org_id"), message, "add `org_id`", report)
  }
  const expiresAt = readExpiry(own(value, "expires"))
  if (expiresAt === undefined) {
    const message = "`expires` is missing, or no whole number of seconds before the year 10000"
    const remedy = "give seconds since 1970, not milliseconds, or 0 or -1 for never; only digits"
    return drop(below(place, "expires"), message, remedy, report)
  }
  const inactive = own(value, "is_inactive")
  if (inactive !== undefined && typeof inactive !== "boolean") {
    return drop(below(place, "is_inactive"), "`is_inactive` is not a flag", "true or false", report)
  }
  const certificate = readNamed(value, orgId, place, report)
  if (certificate === "none" && isMadeOfCertificate(orgId, key, context)) {
    const message =
      "the key is made of a certificate's SHA-256, and the session names no certificate"
    const remedy = "name it in `certificate`, as the key does, or give the session a secret key"
    return drop(below(place, "certificate"), message, remedy, report)
  }
  const apis = readRights(value, place, context, report)
  if (apis === undefined) return undefined
  return {
    key,
    orgId,
    active: inactive !== true,
    expiresAt,
    apis,
    certificate,
    bindings: readBindings(value, orgId, place, report),
  }
}

function hasLookAlikes(value: Members, place: Place, report: Report): boolean {
  let found = false
  checkKeys(value, sessionKeys, "session.misspelt_key", place, ({ message, remedy, ...where }) => {
    found = true
    report(problem("session.misspelt_key", where, `${message}; the session is unknown`, remedy))
  })
  return found
}

function drop(place: Place, message: string, remedy: string, report: Report): undefined {
  report(problem("session.unreadable", place, `${message}; the session is unknown`, remedy))
}

/**
 * Whoever has seen the certificate could present such a key as a token (seed S1). Whether it is stored does
 * not matter after an organisation: it may have been removed. 64 hex digits alone may be a random token.
 */
function isMadeOfCertificate(
  orgId: string,
  key: string,
  { isCertificate }: SessionContext,
): boolean {
  if (isCertificate(canonicalKey(orgId, key).id.slice(-digestLength).toLowerCase())) return true
  return key.length > digestLength && isComputableKey(orgId, key)
}

const digestLength = 64

/** Seconds since 1970; 0 and -1 are never. */
function readExpiry(value: unknown): number | "never" | undefined {
  if (value === 0 || value === -1) return "never"
  if (typeof value !== "number" || !Number.isInteger(value)) return undefined
  return value >= 1 && value <= lastSecond ? value * 1000 : undefined
}

/** The end of the year 9999. Milliseconds given by mistake lie beyond it. */
const lastSecond = 253_402_300_799

function readNamed(
  members: Members,
  orgId: string,
  place: Place,
  report: Report,
): KnownSession["certificate"] {
  const value = own(members, "certificate")
  if (value === undefined || value === "") return "none"
  const digest = typeof value === "string" ? readCertificateId(value, orgId) : undefined
  if (digest !== undefined) return digest
  const message =
    "`certificate` is not an id of the session's organisation; no certificate has this session"
  report(problem("session.certificate", below(place, "certificate"), message, idRemedy))
  return "unreadable"
}

const idRemedy = "write the organisation's id followed by the SHA-256 of the certificate"

/** Anything but an absent member binds: what cannot be read is bound to nothing. */
function readBindings(
  members: Members,
  orgId: string,
  place: Place,
  report: Report,
): KnownSession["bindings"] {
  const value = own(members, "mtls_static_certificate_bindings")
  if (value === undefined) return "none"
  const at = below(place, "mtls_static_certificate_bindings")
  if (!Array.isArray(value) || value.length === 0) {
    const message = "the token is bound to no certificate: it works with none"
    const remedy = "list certificate ids, or leave the member out for a token that is not bound"
    report(problem("session.bindings", at, message, remedy))
    return []
  }
  const digests = new Set<string>()
  value.forEach((id: unknown, i) => {
    const digest = typeof id === "string" ? readCertificateId(id, orgId) : undefined
    if (digest !== undefined) digests.add(digest)
    else {
      const message = "this is not an id of the session's organisation; it binds to no certificate"
      report(problem("session.bindings", below(at, i), message, idRemedy))
    }
  })
  return [...digests]
}
