import { describe, expect, it } from "vitest"
import { decide, explain } from "../src/index.ts"
import { denials } from "./support/denials.ts"
import {
  alice,
  anyOf,
  damaged,
  dynamic,
  enrolledAlice,
  holderOf,
  jwt,
  keyless,
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
  withAlice,
} from "./support/given.ts"

function explained(policy: PolicyParts, request: RequestParts): ReturnType<typeof explain> {
  return explain(policyOf(policy), requestOf(request))
}

/** The rules that were tried; one that did not hold ends with `!`. */
function tried(policy: PolicyParts, request: RequestParts): string {
  const { steps } = explained(policy, request)
  return steps.map(({ rule, held }) => (held ? rule : `${rule}!`)).join(" ")
}

describe("an explanation", () => {
  const session = sessionOf({ certificate: enrolledAlice, bindings: [alice] })
  const list: PolicyParts = { staticMtls: { leaves: [alice], anchors: [stranger] } }
  const anchored: PolicyParts = { staticMtls: { leaves: [], anchors: [stranger] } }
  const known: RequestParts = { ...withAlice, holder: holderOf({ session }) }
  const admitted = "admit.tls admit.host admit.certificate"
  const bound = "bind.host bind.certificate bind.valid bind.listed bind.enrolled"
  const checked = "check.active check.unexpired check.api"

  const rows: readonly (readonly [string, PolicyParts, RequestParts, string])[] = [
    ["of an open API tries nothing", { identity: keyless }, {}, ""],
    ["of a listed leaf", { ...list, identity: keyless }, withAlice, `${admitted} admit.listed`],
    [
      "of an unlisted leaf",
      { ...anchored, identity: keyless },
      withAlice,
      `${admitted} admit.listed! admit.path! admit.bound! admit.refused!`,
    ],
    ["of no certificate", list, {}, "admit.tls admit.host admit.certificate!"],
    ["of no host", list, { hostAgrees: false }, "admit.tls admit.host!"],
    ["of no TLS", list, { peer: "plain" }, "admit.tls!"],
    [
      "of a token",
      list,
      { ...withAlice, authToken: tokenOf(sessionOf()) },
      `${admitted} admit.listed identify.presented identify.known ${checked}`,
    ],
    [
      "of a bound token",
      {},
      { ...withAlice, authToken: tokenOf(sessionOf({ bindings: [alice] })) },
      `identify.presented identify.known ${bound} ${checked}`,
    ],
    [
      "of a confirmed JWT",
      { identity: jwt },
      { peer: peerOf(), jwt: tokenOf(sessionOf(), peerOf().leaf.sha256) },
      `identify.verified identify.presented identify.known confirm.readable confirm.host confirm.certificate confirm.valid confirm.equal ${checked}`,
    ],
    [
      "of a certificate",
      { identity: dynamic },
      known,
      `identify.host identify.certificate identify.valid identify.session identify.agrees identify.enrolled ${bound} ${checked}`,
    ],
    [
      "of a certificate that its token binds",
      { identity: dynamic },
      { ...known, authToken: tokenOf(session) },
      `identify.host identify.certificate identify.valid identify.known identify.binding ${bound} ${checked}`,
    ],
    [
      "of a certificate with a token of another session",
      { identity: dynamic },
      { ...known, authToken: tokenOf(sessionOf({ id: "s2" })) },
      "identify.host identify.certificate identify.valid identify.known identify.binding! identify.session identify.agrees!",
    ],
    [
      "of a token alone under the unsafe flag",
      { identity: dynamic, flags: { allowDynamicMtlsTokenAuth: true } },
      { authToken: tokenOf(sessionOf()) },
      `identify.host identify.certificate! identify.presented identify.known identify.named_enrolled ${checked}`,
    ],
    [
      "of alternatives",
      { identity: anyOf([jwt], [token]) },
      { jwt: "invalid", authToken: tokenOf(sessionOf()) },
      `identify.verified! alternatives.group! identify.presented identify.known ${checked} alternatives.group`,
    ],
    [
      "of alternatives that all deny",
      { identity: anyOf([jwt], [token]) },
      { jwt: "invalid" },
      "identify.verified! alternatives.group! identify.presented! alternatives.group!",
    ],
  ]
  it.each(rows)("%s", (_, policy, request, expected) => {
    expect(tried(policy, request)).toBe(expected)
  })

  it("of an Allow has no cause and no change", () => {
    const outcome = explained(
      { ...anchored, identity: keyless },
      {
        peer: peerOf({ paths: [pathOf({ anchor: { ...peerOf().leaf.sha256 } }), strangerPath()] }),
      },
    )
    expect(outcome.verdict._tag).toBe("Allow")
    expect(outcome).toMatchObject({ because: undefined, change: undefined })
    expect(outcome.steps.some(({ held }) => !held)).toBe(true)
  })

  it("of alternatives that all deny is because of the last group's rule", () => {
    const { because, change } = explained({ identity: anyOf([jwt], [token]) }, { jwt: "invalid" })
    expect([because, change?.id]).toEqual(["identify.presented", "present_token"])
  })

  it.each(denials)("denies because of %s: %s", (rule, id, policy, request) => {
    const outcome = explained(policy, request)
    expect(outcome.verdict).toEqual(decide(policyOf(policy), requestOf(request)))
    expect([outcome.because, outcome.change?.id]).toEqual([rule, id])
    expect(outcome.steps.findLast(({ rule: last }) => last !== "alternatives.group")).toMatchObject(
      {
        rule,
        held: false,
      },
    )
  })

  it("of data of the wrong shape keeps the rules that were tried, and knows no change", () => {
    const request = damaged(requestOf(), { connection: { _tag: "tls" } })
    const outcome = explain(policyOf(list), request)
    expect(outcome.verdict).toMatchObject({ reason: "guard.fault", status: 500 })
    expect(outcome.steps.map(({ rule }) => rule)).toEqual(["admit.tls", "admit.host"])
    expect(outcome).toMatchObject({ because: undefined, change: undefined })
  })

  it("of an empty group is a fault without change", () => {
    const policy = { ...policyOf(), identity: { _tag: "alternatives", groups: [[]] } as const }
    expect(explain(policy, requestOf())).toMatchObject({
      verdict: { reason: "guard.fault" },
      steps: [{ rule: "alternatives.group", held: false, facts: [] }],
      because: undefined,
      change: undefined,
    })
  })

  it("of an empty group has the operator's answer to a fault, as decide has", () => {
    const override = { "guard.fault": { status: 503, message: "later" } }
    const identity = { _tag: "alternatives", groups: [[]] }
    const policy = damaged(policyOf({ responses: { override } }), { identity })
    const { verdict } = explain(policy, requestOf())
    expect(verdict).toMatchObject({ reason: "guard.fault", status: 503, message: "later" })
    expect(verdict).toEqual(decide(policy, requestOf()))
  })

  it("does not read the leaf for a change that does not name it", () => {
    const request = damaged(requestOf(), { connection: { _tag: "carrier pigeon" } })
    const outcome = explain(policyOf(), request)
    expect(outcome.verdict).toMatchObject({ reason: "auth.auth_field_missing" })
    expect(outcome.change?.id).toBe("present_token")
  })
})

function strangerPath(): ReturnType<typeof pathOf> {
  return pathOf({ anchor: { hex: stranger, words: new Int32Array(8).fill(0xdddddddd) } })
}
