import type {
  CaseHolder,
  CasePeer,
  CasePolicy,
  CaseRequest,
  CaseSession,
  CaseToken,
  CertificateName,
  DecisionCase,
} from "./decision-case.ts"

/**
 * A text that two cases share if they differ in names alone. Fingerprints that are written out stay as
 * they stand, because such a case may be about their digits; so does an API named `all`.
 */
export function normalForm({ policy, request }: DecisionCase): string {
  const names = new Names()
  return JSON.stringify([policyForm(policy, names), requestForm(request, names)])
}

class Names {
  readonly #known = new Map<string, string>()

  /** The same for the same name of a kind: its place in the order of appearance. */
  of(kind: "api" | "certificate" | "organisation" | "session", name: string): string {
    const key = `${kind} ${name}`
    const known = this.#known.get(key) ?? `${kind} ${this.#known.size}`
    this.#known.set(key, known)
    return known
  }

  certificate(name: CertificateName): string {
    return /^[0-9a-f]{64}$/.test(name) ? name : this.of("certificate", name)
  }

  certificates(list: readonly CertificateName[]): readonly string[] {
    return list.map((name) => this.certificate(name))
  }
}

function policyForm({ apiId, orgId, staticMtls, ...others }: CasePolicy, names: Names): unknown {
  const { identity, flags, revocation, stripAuthorizationData } = others
  return [
    names.of("api", apiId),
    names.of("organisation", orgId),
    staticMtls === "off"
      ? "off"
      : [names.certificates(staticMtls.leaves), names.certificates(staticMtls.anchors)],
    identity._tag === "alternatives"
      ? identity.groups.map((group) => group.map(sorted))
      : sorted(identity),
    sorted(flags),
    revocation,
    stripAuthorizationData,
  ]
}

/** The members in one order. */
function sorted(members: object): unknown {
  return Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1))
}

function requestForm(request: CaseRequest, names: Names): unknown {
  const { now, hostAgrees, connection, credentials, holder } = request
  return [
    now,
    hostAgrees,
    connection === "plain" ? "plain" : [peerForm(connection.peer, names)],
    tokenForm(credentials.authToken, names),
    tokenForm(credentials.jwt, names),
    holder === "none" ? "none" : holderForm(holder, names),
  ]
}

function peerForm(peer: CasePeer | "none", names: Names): unknown {
  if (peer === "none") return "none"
  const { leaf, validity, revoked, paths } = peer
  const forms = paths.map(({ anchor, validity: interval, revocation, freshUntil }) => [
    names.certificate(anchor),
    interval,
    revocation,
    freshUntil,
  ])
  return [names.certificate(leaf), validity, revoked, forms]
}

function tokenForm(token: CaseToken | "invalid" | "none", names: Names): unknown {
  if (typeof token === "string") return token
  const { session, confirmation } = token
  const isWord = confirmation === "none" || confirmation === "malformed"
  return [sessionForm(session, names), isWord ? confirmation : names.certificate(confirmation)]
}

function holderForm({ leaf, orgId, enrolled, session }: CaseHolder, names: Names): unknown {
  return [
    names.certificate(leaf),
    names.of("organisation", orgId),
    enrolled,
    sessionForm(session, names),
  ]
}

function sessionForm(session: CaseSession | "none", names: Names): unknown {
  if (session === "none") return "none"
  const { id, orgId, active, expiresAt, apis, certificate, bindings, secret } = session
  return [
    names.of("session", id),
    names.of("organisation", orgId),
    active,
    expiresAt,
    apis === "all" ? "all" : apis.map((api) => (api === "all" ? ["all"] : names.of("api", api))),
    certificate === "none" ? "none" : [names.certificate(certificate.name), certificate.enrolled],
    bindings === "none" ? "none" : names.certificates(bindings),
    secret,
  ]
}
