import { describe, expect, it } from "vitest"
import { FingerprintSet, fingerprint, type PolicyInput, policy } from "../src/index.ts"
import { alice, authority, bob, policyInput, token } from "./support/given.ts"

/** Hosts without types may pass anything. */
function made(parts: object): ReturnType<typeof policy> {
  return policy({ ...policyInput(), ...parts } as PolicyInput)
}

describe("a policy", () => {
  it("has safe defaults", () => {
    const compiled = policy({
      apiId: "orders",
      orgId: "acme",
      staticMtls: "off",
      identity: { _tag: "jwt" },
    })
    expect(compiled).toMatchObject({
      apiId: "orders",
      orgId: "acme",
      staticMtls: "off",
      identity: { _tag: "jwt" },
      flags: {
        allowDynamicMtlsTokenAuth: false,
        certificateTokenBinding: true,
        boundCertificateSatisfiesAllowList: false,
      },
      revocation: "off",
      stripAuthorizationData: false,
      obligations: [],
    })
    expect(compiled.responses["auth.cert_required"].status).toBe(403)
  })

  it("keeps the flags that it is given", () => {
    const flags = {
      allowDynamicMtlsTokenAuth: true,
      certificateTokenBinding: false,
      boundCertificateSatisfiesAllowList: true,
    }
    expect(made({ flags }).flags).toEqual(flags)
    expect(made({ flags: { allowDynamicMtlsTokenAuth: true } }).flags).toEqual({
      allowDynamicMtlsTokenAuth: true,
      certificateTokenBinding: true,
      boundCertificateSatisfiesAllowList: false,
    })
  })

  it.each(["off", "soft", "hard"])("keeps the revocation mode %s", (revocation) => {
    expect(made({ revocation }).revocation).toBe(revocation)
  })

  it("compiles the allow list, leaves apart from authorities", () => {
    const { staticMtls } = made({ staticMtls: { leaves: [alice, bob], anchors: [authority] } })
    if (staticMtls === "off") throw new Error("there is an allow list")
    expect(staticMtls.leaves).toBeInstanceOf(FingerprintSet)
    expect([staticMtls.leaves.size, staticMtls.anchors.size]).toEqual([2, 1])
    expect(staticMtls.leaves.has(fingerprint(bob))).toBe(true)
    expect(staticMtls.leaves.has(fingerprint(authority))).toBe(false)
    expect(staticMtls.anchors.has(fingerprint(authority))).toBe(true)
  })

  it("copies the identity, so that its document may change", () => {
    const group = [{ _tag: "jwt" as const }, { ...token, stray: 1 }]
    const { identity } = made({ identity: { _tag: "alternatives", groups: [group] } })
    group.pop()
    expect(identity).toEqual({
      _tag: "alternatives",
      groups: [[{ _tag: "jwt" }, { _tag: "authToken", certificate: false }]],
    })
    expect(made({ identity: { _tag: "keyless", stray: 1 } }).identity).toEqual({ _tag: "keyless" })
    expect(made({ identity: { _tag: "authToken", certificate: true } }).identity).toEqual({
      _tag: "authToken",
      certificate: true,
    })
  })

  it("takes an organisation without a name, as a gateway of one organisation has", () => {
    expect(made({ orgId: "" }).orgId).toBe("")
  })

  it("obliges to strip the authorization data where it is asked to", () => {
    expect(made({ stripAuthorizationData: true })).toMatchObject({
      stripAuthorizationData: true,
      obligations: ["strip_authorization_data"],
    })
  })
})

describe("a policy that cannot be honoured is a TypeError:", () => {
  const rows: readonly (readonly [string, object, string | RegExp])[] = [
    ["a member that nobody knows", { flag: {} }, "policy.flag is not known"],
    ["no API id", { apiId: undefined }, "policy.apiId must be a string that is not empty"],
    ["an empty API id", { apiId: "" }, "policy.apiId must be a string that is not empty"],
    ["an API id of another type", { apiId: 7 }, "policy.apiId must be a string that is not empty"],
    ["no organisation", { orgId: undefined }, "policy.orgId must be a string"],
    ["an organisation of another type", { orgId: null }, "policy.orgId must be a string"],
    [
      "an unknown revocation mode",
      { revocation: "on" },
      'policy.revocation must be "off", "soft" or "hard"',
    ],
    [
      "no revocation mode",
      { revocation: null },
      'policy.revocation must be "off", "soft" or "hard"',
    ],
    [
      "an allow list that is not there",
      { staticMtls: undefined },
      'policy.staticMtls must be "off" or { leaves, anchors }',
    ],
    [
      "an allow list that is null",
      { staticMtls: null },
      'policy.staticMtls must be "off" or { leaves, anchors }',
    ],
    [
      "an allow list that is on",
      { staticMtls: "on" },
      'policy.staticMtls must be "off" or { leaves, anchors }',
    ],
    [
      "an allow list without leaves",
      { staticMtls: { anchors: [] } },
      "policy.staticMtls.leaves must be a list",
    ],
    [
      "an allow list without anchors",
      { staticMtls: { leaves: [] } },
      "policy.staticMtls.anchors must be a list",
    ],
    [
      "an allow list with a member that nobody knows",
      { staticMtls: { leaves: [], anchors: [], authorities: [] } },
      "policy.staticMtls.authorities is not known",
    ],
    [
      "an allow list of text",
      { staticMtls: { leaves: alice, anchors: [] } },
      "policy.staticMtls.leaves must be a list",
    ],
    [
      "a listed leaf that is no fingerprint",
      { staticMtls: { leaves: ["aa"], anchors: [] } },
      "policy.staticMtls.leaves[0] must be 64",
    ],
    [
      "an anchor that is no fingerprint",
      { staticMtls: { leaves: [], anchors: [1] } },
      "policy.staticMtls.anchors[0] must be a string",
    ],
    ["no identity", { identity: undefined }, "policy.identity must have a _tag that is known"],
    [
      "an identity that is null",
      { identity: null },
      "policy.identity must have a _tag that is known",
    ],
    [
      "an unknown mechanism",
      { identity: { _tag: "basic" } },
      "policy.identity must have a _tag that is known",
    ],
    [
      "a mechanism without its kind",
      { identity: { _tag: "authToken" } },
      "policy.identity.certificate must be a boolean",
    ],
    [
      "a kind that is text",
      { identity: { _tag: "authToken", certificate: "true" } },
      "policy.identity.certificate must be a boolean",
    ],
    [
      "no groups",
      { identity: { _tag: "alternatives" } },
      "policy.identity.groups must be a non-empty list of non-empty groups",
    ],
    [
      "an empty list of groups",
      { identity: { _tag: "alternatives", groups: [] } },
      "policy.identity.groups must be a non-empty list of non-empty groups",
    ],
    [
      "an empty group",
      { identity: { _tag: "alternatives", groups: [[token], []] } },
      "policy.identity.groups must be a non-empty list of non-empty groups",
    ],
    [
      "groups that are no list",
      { identity: { _tag: "alternatives", groups: "jwt" } },
      "policy.identity.groups must be a non-empty list of non-empty groups",
    ],
    ["a group that is no list", { identity: { _tag: "alternatives", groups: ["jwt"] } }, /./],
    ["a group that is null", { identity: { _tag: "alternatives", groups: [null] } }, /./],
    [
      "an unknown mechanism in a group",
      { identity: { _tag: "alternatives", groups: [[token, { _tag: "keyless" }]] } },
      "policy.identity.groups[0][1] must have a _tag",
    ],
    [
      "alternatives within alternatives",
      {
        identity: { _tag: "alternatives", groups: [[{ _tag: "alternatives", groups: [[token]] }]] },
      },
      "policy.identity.groups[0][0] must have a _tag",
    ],
    [
      "a flag that is text",
      { flags: { certificateTokenBinding: "false" } },
      "policy.flags.certificateTokenBinding must be a boolean",
    ],
    [
      "a flag that is a number",
      { flags: { allowDynamicMtlsTokenAuth: 1 } },
      "policy.flags.allowDynamicMtlsTokenAuth must be a boolean",
    ],
    [
      "a flag that nobody knows",
      { flags: { certificateTokenBindings: true } },
      "policy.flags.certificateTokenBindings is not known; there are: allowDynamicMtlsTokenAuth, ",
    ],
    [
      "leaves that are no list",
      { staticMtls: { leaves: "", anchors: [] } },
      "policy.staticMtls.leaves must be a list; it may be empty",
    ],
    [
      "anchors that are no list",
      { staticMtls: { leaves: [], anchors: {} } },
      "policy.staticMtls.anchors must be a list; it may be empty",
    ],
    ["flags that are null", { flags: null }, "policy.flags must be an object"],
    [
      "stripping that is text",
      { stripAuthorizationData: "yes" },
      "policy.stripAuthorizationData must be a boolean",
    ],
    [
      "a preset that nobody knows",
      { responses: { preset: "nginx" } },
      "responses.preset must be one of",
    ],
    [
      "an override that reads as Allow",
      { responses: { override: { "guard.fault": { status: 200 } } } },
      "needs a status from 400 to 599",
    ],
  ]
  it.each(rows)("%s", (_, parts, message) => {
    expect(() => made(parts)).toThrow(TypeError)
    expect(() => made(parts)).toThrow(message)
  })

  it.each([undefined, null, "policy"])("no document at all: %s", (value) => {
    // @ts-expect-error: hosts without types may pass anything
    expect(() => policy(value)).toThrow(new TypeError("policy must be an object"))
  })
})
