import { describe, expect, it } from "vitest"
import { anyPolicy } from "../../src/certificate/extension/policies.ts"
import type { Extensions } from "../../src/certificate/extensions.ts"
import { settingsOf } from "../../src/path/options.ts"
import { checkPolicies } from "../../src/policy/check-policies.ts"
import { made, nameOf } from "../fixtures/made.ts"

const [A, B] = ["1.1", "1.2"]
const { policies: defaults } = settingsOf({ now: 0 })
const required = { ...defaults, requireExplicit: true }

const policies = (...list: string[]): Partial<Extensions> => ({ policies: new Set(list) })
const constraints = (change: Partial<NonNullable<Extensions["policyConstraints"]>>) => ({
  policyConstraints: {
    requireExplicitPolicy: undefined,
    inhibitPolicyMapping: undefined,
    ...change,
  },
})
const mapped = (issuerDomain: string, subjectDomain: string): Partial<Extensions> => ({
  policyMappings: [{ issuerDomain, subjectDomain }],
})
const issued = (extensions: Partial<Extensions>) =>
  made({ issuer: nameOf("above"), subject: nameOf("below") }, extensions)
const selfIssued = (extensions: Partial<Extensions>) =>
  made({ issuer: nameOf("same"), subject: nameOf("same") }, extensions)

const anchor = selfIssued({})
const always = () => true
const left = "a policy is required, and none is left"
const acceptable = "no acceptable policy is left"

describe("certificate policies", () => {
  const refusals: readonly (readonly [
    string,
    readonly ReturnType<typeof made>[],
    typeof defaults,
    string,
  ])[] = [
    [
      "any policy, inhibited, in the middle",
      [issued(policies(anyPolicy)), issued(policies(A))],
      { ...required, inhibitAny: true },
      left,
    ],
    [
      "any policy, inhibited, in a self-issued leaf",
      [issued(policies(A)), selfIssued(policies(anyPolicy))],
      { ...required, inhibitAny: true },
      left,
    ],
    [
      "none below a self-issued certificate",
      [selfIssued(policies(anyPolicy)), issued({})],
      required,
      left,
    ],
    [
      "none, required of the last one",
      [issued(constraints({ requireExplicitPolicy: 1 })), issued({})],
      defaults,
      acceptable,
    ],
    [
      "any, where nothing is acceptable",
      [issued(policies(anyPolicy))],
      { ...required, acceptable: new Set() },
      acceptable,
    ],
    [
      "a mapping, inhibited after one certificate",
      [
        issued({ ...policies(A), ...constraints({ inhibitPolicyMapping: 1 }) }),
        issued(policies(A)),
        issued({ ...policies(A), ...mapped(A, B) }),
        issued(policies(B)),
      ],
      required,
      left,
    ],
    [
      "a mapping out of any",
      [issued({ ...policies(A), ...mapped(anyPolicy, A) }), issued({})],
      defaults,
      "anyPolicy is mapped",
    ],
    [
      "a mapping to any",
      [issued({ ...policies(A), ...mapped(A, anyPolicy) }), issued({})],
      defaults,
      "anyPolicy is mapped",
    ],
  ]
  it.each(refusals)("refuse %s", (_name, certificates, inputs, reason) => {
    expect(checkPolicies([anchor, ...certificates], inputs, always)).toMatchObject({
      _tag: "PolicyRefused",
      reason,
    })
  })

  it("have nothing to say of no path", () => {
    expect(checkPolicies([], required, always)).toBeUndefined()
    expect(checkPolicies([anchor], required, always)).toBeUndefined()
  })

  it("cost what they list, what they map and what the row above expects", () => {
    const spent: number[] = []
    const pay = (amount: number) => spent.push(amount) > 0
    const path = [
      anchor,
      issued({ ...policies(A, B), ...mapped(A, B) }),
      issued(policies(B)),
      issued({}),
      issued({}),
    ]
    expect(checkPolicies(path, defaults, pay)).toBeUndefined()
    expect(spent).toEqual([5, 5, 2, 1])
    const leaf = issued({})
    expect(checkPolicies([anchor, leaf], defaults, () => false)).toStrictEqual({
      _tag: "PolicyRefused",
      certificate: leaf,
      reason: "budget is exhausted",
    })
  })
})
