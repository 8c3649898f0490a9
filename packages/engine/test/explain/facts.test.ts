import { describe, expect, it } from "vitest"
import { decide, explain, fingerprint, type Request } from "../../src/index.ts"
import type { Rule } from "../../src/rules/trace.ts"
import {
  alice,
  anyOf,
  authority,
  bob,
  damaged,
  dynamic,
  enrolledAlice,
  good,
  holderOf,
  jwt,
  leafOf,
  now,
  type PolicyParts,
  pathOf,
  peerOf,
  policyOf,
  type RequestParts,
  requestOf,
  sessionOf,
  stranger,
  token,
  tokenOf,
  unknown,
  withAlice,
} from "../support/given.ts"

/** The facts of the last step of a rule. */
function factsOf(rule: Rule, policy: PolicyParts, request: Request): object | undefined {
  const step = explain(policyOf(policy), request).steps.findLast((one) => one.rule === rule)
  return step && Object.fromEntries(step.facts.map(({ name, value }) => [name, value]))
}

const list: PolicyParts = {
  staticMtls: { leaves: [bob], anchors: [authority, stranger] },
  revocation: "hard",
}
const paths = [
  pathOf({ revocation: unknown }),
  pathOf({ anchor: fingerprint(bob), revocation: good }),
]
const times = "2026-06-01T11:00:00.000Z to 2026-06-01T13:00:00.000Z"
const instant = "2026-06-01T12:00:00.000Z"
const session = sessionOf({ certificate: enrolledAlice, bindings: [alice, bob], expiresAt: now })
const known: RequestParts = { ...withAlice, now: now + 1, holder: holderOf({ session }) }
const bound: RequestParts = { ...withAlice, authToken: tokenOf(session) }
const dynamicApi: PolicyParts = { identity: dynamic }
const unsafe: PolicyParts = { ...dynamicApi, flags: { allowDynamicMtlsTokenAuth: true } }
const confirmed: RequestParts = { peer: peerOf(), jwt: tokenOf(sessionOf(), fingerprint(alice)) }

describe("the facts of a rule", () => {
  const rows: readonly (readonly [Rule, PolicyParts, RequestParts, object])[] = [
    ["admit.tls", list, {}, { connection: "tls" }],
    ["admit.tls", list, { peer: "plain" }, { connection: "plain" }],
    ["admit.host", list, { hostAgrees: false }, { "host agrees": "false" }],
    ["admit.certificate", list, {}, { certificate: "none" }],
    ["admit.certificate", list, withAlice, { certificate: alice }],
    [
      "admit.listed",
      list,
      { ...withAlice, now: now + 1 },
      { certificate: alice, valid: times, now: instant, "allow list": "1 certificate(s)" },
    ],
    [
      "admit.listed",
      list,
      { peer: peerOf({ leaf: leafOf(alice, "absent") }) },
      { certificate: alice, valid: "never", now: instant, "allow list": "1 certificate(s)" },
    ],
    [
      "admit.path",
      list,
      withAlice,
      {
        authorities: "2 certificate(s)",
        paths: "none",
        revocation: "hard",
        "revocation known until": "none",
      },
    ],
    [
      "admit.path",
      list,
      { peer: peerOf({ paths }) },
      {
        authorities: "2 certificate(s)",
        paths: `${authority} ${times} unknown; ${bob} ${times} good`,
        revocation: "hard",
        "revocation known until": `unknown; ${new Date(good.freshUntil).toISOString()}`,
      },
    ],
    [
      "admit.bound",
      list,
      withAlice,
      { bound_certificate_satisfies_allow_list: "false", certificate_token_binding: "true" },
    ],
    ["admit.refused", list, withAlice, { certificate: alice, "path failure": "none" }],
    [
      "admit.refused",
      list,
      { peer: peerOf({ failure: "unknown issuer" }) },
      { certificate: alice, "path failure": "unknown issuer" },
    ],
    ["identify.host", dynamicApi, {}, { "host agrees": "true" }],
    [
      "identify.certificate",
      unsafe,
      { peer: "plain" },
      { connection: "plain", certificate: "none", allow_dynamic_mtls_token_auth: "true" },
    ],
    ["identify.presented", {}, {}, { token: "none", jwt: "none" }],
    ["identify.presented", {}, bound, { token: "presented", jwt: "none" }],
    ["identify.presented", { identity: jwt }, confirmed, { token: "none", jwt: "presented" }],
    ["identify.verified", { identity: jwt }, { jwt: "invalid" }, { jwt: "invalid" }],
    ["identify.verified", { identity: jwt }, confirmed, { jwt: "verified" }],
    ["identify.known", {}, { authToken: tokenOf() }, { session: "none" }],
    [
      "identify.known",
      {},
      { authToken: tokenOf(sessionOf({ orgId: "other" })) },
      {
        session: "s1",
        organisation: "other",
        "organisation of the API": "acme",
        "key is secret": "true",
      },
    ],
    [
      "identify.named_enrolled",
      unsafe,
      { authToken: tokenOf(session) },
      { "certificate of the session": `${alice} (enrolled)` },
    ],
    [
      "identify.named_enrolled",
      unsafe,
      { authToken: tokenOf(sessionOf({ certificate: { sha256: bob, enrolled: false } })) },
      { "certificate of the session": `${bob} (not enrolled)` },
    ],
    [
      "identify.named_enrolled",
      unsafe,
      { authToken: tokenOf(sessionOf()) },
      { "certificate of the session": "none" },
    ],
    ["identify.valid", dynamicApi, known, { certificate: alice, valid: times, now: instant }],
    ["identify.binding", dynamicApi, bound, { certificate: alice, bindings: `${alice}, ${bob}` }],
    [
      "identify.session",
      dynamicApi,
      withAlice,
      { certificate: alice, "session of the certificate": "none" },
    ],
    [
      "identify.session",
      dynamicApi,
      known,
      { certificate: alice, "session of the certificate": "s1" },
    ],
    [
      "identify.agrees",
      dynamicApi,
      known,
      { "session of the token": "no token", "session of the certificate": "s1" },
    ],
    [
      "identify.agrees",
      dynamicApi,
      { ...known, authToken: tokenOf(sessionOf({ id: "s2" })) },
      { "session of the token": "s2", "session of the certificate": "s1" },
    ],
    ["identify.enrolled", dynamicApi, known, { certificate: alice, enrolled: "true" }],
    [
      "identify.enrolled",
      dynamicApi,
      { ...known, holder: holderOf({ session, enrolled: false }) },
      { certificate: alice, enrolled: "false" },
    ],
    ["alternatives.group", { identity: anyOf([token]) }, {}, {}],
    ["bind.host", {}, bound, { "host agrees": "true" }],
    [
      "bind.certificate",
      {},
      { authToken: tokenOf(sessionOf({ bindings: [] })) },
      { certificate: "none", bindings: "an empty list" },
    ],
    ["bind.valid", {}, bound, { certificate: alice, valid: times, now: instant }],
    [
      "bind.listed",
      {},
      bound,
      { certificate: alice, bindings: `${alice}, ${bob}`, listed: "true" },
    ],
    [
      "bind.listed",
      {},
      { ...withAlice, authToken: tokenOf(sessionOf({ bindings: [bob] })) },
      { certificate: alice, bindings: bob, listed: "false" },
    ],
    ["bind.enrolled", {}, bound, { certificate: alice, enrolled: "true" }],
    [
      "confirm.readable",
      { identity: jwt },
      { jwt: tokenOf(sessionOf(), "malformed"), authToken: tokenOf(session, fingerprint(bob)) },
      { certificate: "none", confirmation: `${bob}, malformed` },
    ],
    ["confirm.host", { identity: jwt }, confirmed, { "host agrees": "true" }],
    [
      "confirm.certificate",
      { identity: jwt },
      confirmed,
      { certificate: alice, confirmation: alice },
    ],
    [
      "confirm.valid",
      { identity: jwt },
      confirmed,
      { certificate: alice, valid: times, now: instant },
    ],
    [
      "confirm.equal",
      { identity: jwt },
      { ...confirmed, authToken: tokenOf() },
      { certificate: alice, confirmation: alice },
    ],
    ["check.active", {}, bound, { active: "true" }],
    ["check.unexpired", {}, bound, { expires: instant, now: instant }],
    [
      "check.unexpired",
      {},
      { authToken: tokenOf(sessionOf()) },
      { expires: "never", now: instant },
    ],
    ["check.api", {}, { authToken: tokenOf(sessionOf()) }, { api: "orders", rights: "all" }],
    [
      "check.api",
      {},
      { authToken: tokenOf(sessionOf({ apis: ["a", "b"] })) },
      { api: "orders", rights: "2 API(s)" },
    ],
  ]
  it.each(rows)("%s", (rule, policy, request, expected) => {
    expect(factsOf(rule, policy, requestOf(request))).toEqual(expected)
  })

  it("that are outside the calendar stay numbers", () => {
    const far = sessionOf({ expiresAt: 8.64e15 + 1000 })
    const farther = sessionOf({ expiresAt: -8.64e15 - 1000 })
    const at = (found: typeof far): object | undefined =>
      factsOf("check.unexpired", {}, requestOf({ authToken: tokenOf(found) }))
    expect(at(far)).toMatchObject({ expires: "8640000000001000" })
    expect(at(farther)).toMatchObject({ expires: "-8640000000001000" })
    expect(at(sessionOf({ expiresAt: 8.64e15 }))).toMatchObject({
      expires: "+275760-09-13T00:00:00.000Z",
    })
  })

  it("that cannot be read say so, and do not change the verdict", () => {
    const leafless = damaged(requestOf(), { connection: { _tag: "tls", peer: {} } })
    const unreadable = { facts: "unreadable" }
    expect(factsOf("identify.certificate", dynamicApi, leafless)).toEqual(unreadable)
    expect(explain(policyOf(dynamicApi), leafless).verdict).toEqual(
      decide(policyOf(dynamicApi), leafless),
    )
  })

  it("never repeat a text that was passed for a token by mistake", () => {
    const mistake = "eyJhbGciOiJub25lIn0.secret"
    const request = damaged(requestOf(), { credentials: { authToken: mistake, jwt: mistake } })
    for (const identity of [token, jwt, anyOf([token], [jwt], [dynamic])]) {
      expect(JSON.stringify(explain(policyOf({ identity }), request))).not.toContain(mistake)
    }
  })
})
