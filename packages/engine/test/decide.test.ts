import { describe, expect, it } from "vitest"
import { decide, type Policy } from "../src/index.ts"
import {
  alice,
  damaged,
  keyless,
  type PolicyParts,
  peerOf,
  policyOf,
  type RequestParts,
  requestOf,
  sessionOf,
  token,
  tokenOf,
  withAlice,
} from "./support/given.ts"

const listed: PolicyParts = { staticMtls: { leaves: [alice], anchors: [] } }

function decided(policy: PolicyParts, request: RequestParts): ReturnType<typeof decide> {
  return decide(policyOf(policy), requestOf(request))
}

describe("an Allow", () => {
  it("names the session, the leaf and the rule of each", () => {
    const authToken = tokenOf(sessionOf())
    expect(decided(listed, { ...withAlice, authToken })).toEqual({
      _tag: "Allow",
      identity: { session: "s1", sessionBy: "token", leaf: alice, leafBy: "allow_list" },
      obligations: [],
    })
  })

  it("names nobody on an open API, whoever is connected", () => {
    expect(decided({ identity: keyless }, withAlice)).toEqual({
      _tag: "Allow",
      identity: { session: undefined, sessionBy: undefined, leaf: undefined, leafBy: undefined },
      obligations: [],
    })
  })

  it("does not name a leaf that no rule accepted", () => {
    const { identity } = {
      identity: undefined,
      ...decided({}, { ...withAlice, authToken: tokenOf(sessionOf()) }),
    }
    expect(identity).toMatchObject({ leaf: undefined, leafBy: undefined })
  })

  it("obliges to strip the authorization data where the policy says so", () => {
    expect(decided({ identity: keyless, stripAuthorizationData: true }, {})).toMatchObject({
      obligations: ["strip_authorization_data"],
    })
  })
})

describe("a denial", () => {
  it("has the reason, its detail and the answer of the default preset", () => {
    expect(decided({}, { authToken: tokenOf(sessionOf({ bindings: [alice] })) })).toEqual({
      _tag: "Deny",
      reason: "auth.cert_mismatch",
      detail: "bound_no_certificate",
      status: 403,
      message: "Access to this API has been disallowed",
    })
  })

  it("has the answer of the preset of its policy", () => {
    const policy: PolicyParts = { responses: { preset: "tyk-5.12" } }
    expect(decided(policy, { authToken: tokenOf(sessionOf({ bindings: [alice] })) })).toEqual({
      _tag: "Deny",
      reason: "auth.cert_mismatch",
      detail: "bound_no_certificate",
      status: 401,
      message: "Access to this API has been disallowed",
    })
  })

  it("has the answer that overrides the preset", () => {
    const override = { "auth.auth_field_missing": { status: 418, message: "no token" } }
    expect(decided({ responses: { override } }, {})).toMatchObject({
      reason: "auth.auth_field_missing",
      status: 418,
      message: "no token",
    })
  })

  const unlisted: PolicyParts = { staticMtls: { leaves: [], anchors: [] } }

  it("names the leaf that is not allowed, and that one alone", () => {
    expect(decided(unlisted, withAlice)).toMatchObject({
      reason: "mtls.cert_not_allowed",
      message: `Certificate with SHA256 ${alice} not allowed`,
    })
  })

  it("names it in an overriding message", () => {
    const responses = { override: { "mtls.cert_not_allowed": { message: "<sha256>?" } } }
    expect(decided({ ...unlisted, responses }, withAlice)).toMatchObject({ message: `${alice}?` })
  })

  it("names none in an overriding message that does not ask for it", () => {
    const responses = { override: { "mtls.cert_not_allowed": { message: "no" } } }
    expect(decided({ ...unlisted, responses }, withAlice)).toMatchObject({ message: "no" })
  })

  it("names no leaf for another reason", () => {
    const responses = { override: { "auth.auth_field_missing": { message: "<sha256>" } } }
    expect(decided({ responses }, withAlice)).toMatchObject({ message: "<sha256>" })
  })
})

describe("data of the wrong shape", () => {
  const fault = {
    _tag: "Deny",
    reason: "guard.fault",
    detail: undefined,
    status: 500,
    message: "Internal Server Error",
  }
  const policy = policyOf({ identity: token })
  const request = requestOf({ authToken: tokenOf(sessionOf()) })

  it.each([undefined, null, 0, "", "policy", [], {}])("is a fault as a policy: %j", (value) => {
    // @ts-expect-error: hosts without types may pass anything
    expect(decide(value, request)).toEqual(fault)
  })

  it.each([undefined, null, 0, "", "request", [], {}])("is a fault as a request: %j", (value) => {
    // @ts-expect-error: hosts without types may pass anything
    expect(decide(policy, value)).toEqual(fault)
  })

  const faults: readonly (readonly [string, object, object])[] = [
    ["an unknown mechanism", { identity: { _tag: "basic" } }, {}],
    [
      "an unknown mechanism of a known kind",
      { identity: { _tag: "basic", certificate: false } },
      {},
    ],
    ["a mechanism without its kind", { identity: { _tag: "authToken" } }, {}],
    ["a kind that is nearly true", { identity: { _tag: "authToken", certificate: 1 } }, {}],
    ["no group at all", { identity: { _tag: "alternatives", groups: [] } }, {}],
    ["an empty group", { identity: { _tag: "alternatives", groups: [[]] } }, {}],
    [
      "a connection of no kind",
      { identity: { _tag: "authToken", certificate: true } },
      { connection: {} },
    ],
    [
      "a peer on a connection of no known kind",
      { identity: { _tag: "authToken", certificate: true } },
      { connection: { _tag: "quic", peer: peerOf() } },
    ],
    ["a peer that is neither there nor none", listedPolicy(), { connection: { _tag: "tls" } }],
    ["a peer that is null", listedPolicy(), { connection: { _tag: "tls", peer: null } }],
    ["a peer that is a name", listedPolicy(), { connection: { _tag: "tls", peer: "alice" } }],
    ["a peer without leaf", listedPolicy(), { connection: { _tag: "tls", peer: { paths: [] } } }],
  ]
  it.each(faults)("is a fault: %s", (_, policyPart, requestPart) => {
    const broken = damaged(policy, policyPart)
    expect(decide(broken, damaged(request, requestPart))).toEqual(fault)
  })

  it.each([undefined, null, "", 7])("is a fault where who is allowed has no name: %j", (name) => {
    const { credentials } = request
    const nameless = damaged(sessionOf(), { id: name })
    const authToken = tokenOf(nameless)
    expect(decide(policy, { ...request, credentials: { ...credentials, authToken } })).toEqual(
      fault,
    )
    const sha256 = damaged(peerOf().leaf.sha256, { hex: name })
    const peer = { ...peerOf(), leaf: { ...peerOf().leaf, sha256 } }
    const open = policyOf({ ...listed, identity: keyless })
    expect(decide(open, { ...request, connection: { _tag: "tls", peer } })).toEqual(fault)
  })

  it("is a fault that a later alternative may not forgive when it throws", () => {
    const groups = [[{ _tag: "basic" }], [token]]
    const broken = damaged(policy, { identity: { _tag: "alternatives", groups } })
    expect(decide(broken, request)).toEqual(fault)
  })

  it("is forgiven by a later alternative where a group is only empty", () => {
    const identity: Policy["identity"] = { _tag: "alternatives", groups: [[], [token]] }
    expect(decide({ ...policy, identity }, request)._tag).toBe("Allow")
  })

  it("is a fault where the answer of a reason is missing", () => {
    const broken = damaged(policy, { responses: {} })
    expect(decide(broken, requestOf())).toEqual(fault)
  })

  it("cannot change the answer to a fault", () => {
    expect(Object.isFrozen(decide(damaged(policy, { identity: {} }), request))).toBe(true)
  })
})

function listedPolicy(): Policy {
  return policyOf(listed)
}

describe("a connection without TLS", () => {
  const connection = { _tag: "plain", peer: peerOf() }
  const authToken = tokenOf(sessionOf({ bindings: [alice] }))
  const request = damaged(requestOf({ ...withAlice, authToken }), { connection })

  it("has no certificate, even if somebody put one there", () => {
    const dynamic = policyOf({ identity: { _tag: "authToken", certificate: true } })
    expect(decide(dynamic, request)).toMatchObject({ reason: "auth.cert_required" })
    expect(decide(policyOf(), request)).toMatchObject({ detail: "bound_no_certificate" })
  })
})

describe("a flag", () => {
  it.each(["yes", 1, null])(
    "opens only where it is true: allowDynamicMtlsTokenAuth %j",
    (value) => {
      const policy = policyOf({ identity: { _tag: "authToken", certificate: true } })
      const flags = damaged(policy.flags, { allowDynamicMtlsTokenAuth: value })
      const request = requestOf({ authToken: tokenOf(sessionOf()) })
      expect(decide({ ...policy, flags }, request)).toMatchObject({ reason: "auth.cert_required" })
    },
  )

  it.each(["no", 0, null, undefined])(
    "opens only where it is false: certificateTokenBinding %j",
    (value) => {
      const policy = policyOf()
      const flags = damaged(policy.flags, { certificateTokenBinding: value })
      const request = requestOf({ authToken: tokenOf(sessionOf({ bindings: [alice] })) })
      expect(decide({ ...policy, flags }, request)).toMatchObject({ reason: "auth.cert_mismatch" })
    },
  )

  it.each([
    ["boundCertificateSatisfiesAllowList", 1],
    ["certificateTokenBinding", 1],
  ])("opens only where it is true: %s", (name, value) => {
    const policy = policyOf({
      staticMtls: { leaves: [], anchors: [] },
      flags: { boundCertificateSatisfiesAllowList: true },
    })
    const request = requestOf({
      ...withAlice,
      authToken: tokenOf(sessionOf({ bindings: [alice] })),
    })
    expect(decide(policy, request)._tag).toBe("Allow")
    const flags = damaged(policy.flags, { [name]: value })
    expect(decide({ ...policy, flags }, request)).toMatchObject({ reason: "mtls.cert_not_allowed" })
  })

  it.each([
    ["hostAgrees", { hostAgrees: 1 }],
    ["hostAgrees", { hostAgrees: "true" }],
  ])("of the request opens only where it is true: %s", (_, part) => {
    const request = damaged(requestOf({ peer: peerOf() }), part)
    expect(decide(policyOf({ ...listed, identity: keyless }), request)).toMatchObject({
      reason: "mtls.misdirected",
    })
  })
})
