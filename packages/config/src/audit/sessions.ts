import { fingerprint } from "@countersign/engine"
import { longEnough } from "@countersign/http"
import { certificateId } from "@countersign/x509"
import type { CompiledApi } from "../compile-api.ts"
import type { Configuration } from "../configuration.ts"
import { below, type Place, problem, type Report } from "../problem.ts"
import type { KnownSession } from "../sessions/known-session.ts"
import { listed } from "./asks.ts"

const nowhere: Place = { file: "sessions", place: "$" }

/** Sessions that no request can use, for want of a key, a certificate or any of them. */
export function auditSessions(configuration: Configuration, report: Report): void {
  const { sessions, facts } = configuration
  checkNumber(configuration, report)
  checkLength(configuration, report)
  for (const [key, session] of sessions) {
    const place = facts.sessionPlaces.get(key) ?? nowhere
    checkNamed(session, configuration, below(place, "certificate"), report)
    const at = below(place, "mtls_static_certificate_bindings")
    if (session.bindings !== "none") checkBindings(session, configuration, at, report)
  }
}

function checkNumber({ sessions, facts }: Configuration, report: Report): void {
  if (!facts.isFolder || sessions.size > 0) return
  const taking = facts.apis.filter(({ api }) => api.token !== "none")
  if (taking.length === 0) return
  const names = listed(taking.map(({ definition }) => definition.apiId))
  const { foundSessions: found } = facts
  const none = found === 0 ? "there are no sessions" : `none of ${found} sessions can be used`
  const message = `${none}: nobody passes where a session is asked for: ${names}`
  report(problem("session.none", nowhere, message, "put sessions into the folder `sessions`"))
}

/** By number alone: how short a key is says much of it. */
function checkLength({ sessions, keys }: Configuration, report: Report): void {
  const short = [...sessions.keys()].filter((key) => !longEnough(key, keys.minTokenLength))
  if (short.length === 0) return
  const message = `${short.length} of ${sessions.size} sessions can never be found: their keys are shorter than a token must be`
  const remedy = "give them longer keys, or lower `min_token_length` (3 where it is 0 or absent)"
  report(problem("session.short_key", nowhere, message, remedy))
}

function checkNamed(
  { certificate, orgId }: KnownSession,
  { certificates }: Configuration,
  place: Place,
  report: Report,
): void {
  if (certificate === "none" || certificate === "unreadable") return
  if (certificates.has(certificateId(orgId, certificate))) return
  const message = "the certificate of the session is not stored: nobody can use the session by it"
  report(problem("session.certificate_not_stored", place, message, "put it into `certs`"))
}

function checkBindings(
  session: KnownSession,
  { certificates, facts }: Configuration,
  place: Place,
  report: Report,
): void {
  const { bindings, orgId } = session
  const stored = (digest: string): boolean => certificates.has(certificateId(orgId, digest))
  const digests = bindings === "none" ? [] : bindings
  if (!digests.every(stored)) {
    const message = "a certificate that the token is bound to is not stored: it is refused"
    report(problem("session.binding_not_stored", place, message, "put it into `certs`"))
  }
  const closed = usable(session, facts.apis).filter(
    ({ api }) => !digests.some((digest) => mayPass(api, digest)),
  )
  if (digests.length === 0 || closed.length === 0) return
  const names = closed.map(({ definition }) => definition.apiId)
  const message = `no certificate that the token is bound to is in the allow list of ${listed(names)}`
  const remedy = "list one of them there: a binding does not replace the allow list"
  report(problem("session.binding_not_listed", place, message, remedy))
}

/** The APIs with an allow list that a session may use. */
function usable(
  { apis, orgId }: KnownSession,
  all: readonly CompiledApi[],
): readonly CompiledApi[] {
  const allowed = apis === "all" ? undefined : new Set(apis)
  return all.filter(({ definition, api }) => {
    const { policy } = api
    if (policy.staticMtls === "off" || policy.identity._tag === "keyless") return false
    return definition.orgId === orgId && (allowed === undefined || allowed.has(definition.apiId))
  })
}

/** An authority in the list may have signed the certificate. */
function mayPass({ policy }: CompiledApi["api"], digest: string): boolean {
  const { staticMtls, flags } = policy
  if (staticMtls === "off" || flags.boundCertificateSatisfiesAllowList) return true
  return staticMtls.anchors.size > 0 || staticMtls.leaves.has(fingerprint(digest))
}
