import type { Policy } from "../policy.ts"
import type { Interval, Request, Token } from "../request.ts"
import { isBound, isEnrolled, presentedPeer } from "../rules/leaf.ts"
import { instantOf, wholeSeconds } from "../rules/time.ts"
import type { Rule } from "../rules/trace.ts"
import type { Session } from "../session.ts"

/** A named value that a rule looked at; never a token, a key or a certificate. */
export interface Fact {
  readonly name: string
  readonly value: string
}

/** What a rule looked at. */
export function factsOf(
  rule: Rule,
  policy: Policy,
  request: Request,
  session: Session | undefined,
): readonly Fact[] {
  return Object.entries(readValues(rule, policy, request, session)).map(([name, value]) => ({
    name,
    value,
  }))
}

/** Data of the wrong shape has no facts; it must not change the verdict. */
function readValues(
  rule: Rule,
  policy: Policy,
  request: Request,
  session: Session | undefined,
): Readonly<Record<string, string>> {
  try {
    return readers[rule](policy, request, session)
  } catch {
    return { facts: "unreadable" }
  }
}

type Reader = (
  policy: Policy,
  request: Request,
  session: Session | undefined,
) => Readonly<Record<string, string>>

const connection: Reader = (_policy, request) => ({ connection: request.connection._tag })
const host: Reader = (_policy, request) => ({ "host agrees": String(request.hostAgrees) })
const certificate: Reader = (_policy, request) => ({ certificate: leafName(request) })
const validity: Reader = (_policy, request) => ({
  certificate: leafName(request),
  valid: intervalText(presentedPeer(request)?.leaf.validity),
  now: instant(instantOf(wholeSeconds(request.now))),
})
const tokenSession: Reader = (policy, _request, session) =>
  session === undefined
    ? { session: "none" }
    : {
        session: session.id,
        organisation: session.orgId,
        "organisation of the API": policy.orgId,
        "key is secret": String(session.secret),
      }
const bindings: Reader = (_policy, request, session) => ({
  certificate: leafName(request),
  bindings: bindingsText(session),
})
const enrolment: Reader = (policy, request) => {
  const leaf = presentedPeer(request)?.leaf
  return {
    certificate: leafName(request),
    enrolled: String(leaf !== undefined && isEnrolled(policy, request, leaf)),
  }
}
const confirmation: Reader = (_policy, request) => ({
  certificate: leafName(request),
  confirmation: [request.credentials.authToken, request.credentials.jwt]
    .map(confirmationText)
    .filter((text) => text !== "none")
    .join(", "),
})

const readers: Readonly<Record<Rule, Reader>> = {
  "admit.tls": connection,
  "admit.host": host,
  "admit.certificate": certificate,
  "admit.listed": (policy, request) => ({
    ...validity(policy, request, undefined),
    "allow list": listText(policy, "leaves"),
  }),
  "admit.path": (policy, request) => ({
    authorities: listText(policy, "anchors"),
    paths: pathsText(request),
    revocation: policy.revocation,
    "revocation known until": freshnessText(request),
  }),
  "admit.bound": ({ flags }) => ({
    bound_certificate_satisfies_allow_list: String(flags.boundCertificateSatisfiesAllowList),
    certificate_token_binding: String(flags.certificateTokenBinding),
  }),
  "admit.refused": (_policy, request) => ({
    certificate: leafName(request),
    "path failure": presentedPeer(request)?.failure ?? "none",
  }),
  "identify.host": host,
  "identify.certificate": ({ flags }, request) => ({
    connection: request.connection._tag,
    certificate: leafName(request),
    allow_dynamic_mtls_token_auth: String(flags.allowDynamicMtlsTokenAuth),
  }),
  "identify.presented": (_policy, { credentials }) => ({
    token: credentials.authToken === "none" ? "none" : "presented",
    jwt: credentials.jwt === "none" ? "none" : "presented",
  }),
  "identify.verified": (_policy, { credentials }) => ({
    jwt: credentials.jwt === "invalid" ? "invalid" : "verified",
  }),
  "identify.known": tokenSession,
  "identify.named_enrolled": (_policy, _request, session) => ({
    "certificate of the session": namedText(session),
  }),
  "identify.valid": validity,
  "identify.binding": bindings,
  "identify.session": (_policy, request, session) => ({
    certificate: leafName(request),
    "session of the certificate": session?.id ?? "none",
  }),
  "identify.agrees": (_policy, { credentials }, session) => ({
    "session of the token":
      credentials.authToken === "none" ? "no token" : (credentials.authToken.session?.id ?? "none"),
    "session of the certificate": session?.id ?? "none",
  }),
  "identify.enrolled": enrolment,
  "alternatives.group": () => ({}),
  "bind.host": host,
  "bind.certificate": (policy, request, session) => bindings(policy, request, session),
  "bind.valid": validity,
  "bind.listed": (policy, request, session) => ({
    ...bindings(policy, request, session),
    listed: listedText(request, session),
  }),
  "bind.enrolled": enrolment,
  "confirm.readable": confirmation,
  "confirm.host": host,
  "confirm.certificate": confirmation,
  "confirm.valid": validity,
  "confirm.equal": confirmation,
  "check.active": (_policy, _request, session) => ({ active: String(session?.active) }),
  "check.unexpired": (_policy, { now }, session) => ({
    expires: session === undefined ? "unknown" : instant(session.expiresAt),
    now: instant(instantOf(wholeSeconds(now))),
  }),
  "check.api": ({ apiId }, _request, session) => ({
    api: apiId,
    rights: session?.apis === "all" ? "all" : `${session?.apis.size ?? 0} API(s)`,
  }),
}

function leafName(request: Request): string {
  return presentedPeer(request)?.leaf.sha256.hex ?? "none"
}

function listText({ staticMtls }: Policy, part: "leaves" | "anchors"): string {
  return staticMtls === "off" ? "off" : `${staticMtls[part].size} certificate(s)`
}

function pathsText(request: Request): string {
  const paths = presentedPeer(request)?.paths ?? []
  if (paths.length === 0) return "none"
  return paths
    .map((path) => `${path.anchor.hex} ${intervalText(path)} ${path.revocation.status}`)
    .join("; ")
}

/** Of each path, in their order. */
function freshnessText(request: Request): string {
  const paths = presentedPeer(request)?.paths ?? []
  const ends = paths.map(({ revocation: { status, freshUntil } }) =>
    status === "unknown" ? status : instant(freshUntil),
  )
  return ends.join("; ") || "none"
}

function bindingsText(session: Session | undefined): string {
  if (session === undefined || session.bindings === "none") return "none"
  return session.bindings.map(({ hex }) => hex).join(", ") || "an empty list"
}

function listedText(request: Request, session: Session | undefined): string {
  const leaf = presentedPeer(request)?.leaf
  return String(leaf !== undefined && session !== undefined && isBound(session, leaf))
}

function namedText(session: Session | undefined): string {
  if (session === undefined || session.certificate === "none") return "none"
  const { sha256, enrolled } = session.certificate
  return `${sha256.hex} (${enrolled ? "enrolled" : "not enrolled"})`
}

function confirmationText(token: Token | "invalid" | "none"): string {
  if (typeof token === "string") return "none"
  return typeof token.confirmation === "string" ? token.confirmation : token.confirmation.hex
}

function intervalText(interval: Interval | undefined): string {
  if (interval === undefined) return "never"
  return `${instant(interval.notBefore)} to ${instant(interval.notAfter)}`
}

/** Instants outside the calendar stay numbers: a fact must not throw. */
function instant(time: number | "never"): string {
  if (time === "never") return time
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time)
}
