import { isDeepStrictEqual } from "node:util"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decide, explain, type Policy, policy, type Request } from "../../src/index.ts"
import { cases } from "../support/cases.ts"
import { type Damage, damages } from "../support/damage.ts"
import { denials } from "../support/denials.ts"
import { policyOf, requestOf } from "../support/given.ts"

interface Decision {
  policy: Policy
  request: Request
}

/**
 * What a damage must not do: open, throw, or make `explain` say something else.
 */
function faultsOf(decision: Decision, damage: Damage): string[] {
  damage.apply()
  try {
    const verdict = decide(decision.policy, decision.request)
    if (verdict._tag !== "Deny") return [`allows where ${damage.name}`]
    const explained = explain(decision.policy, decision.request).verdict
    return isDeepStrictEqual(explained, verdict) ? [] : [`explains another where ${damage.name}`]
  } catch (error) {
    return [`throws where ${damage.name}: ${error}`]
  } finally {
    damage.repair()
  }
}

/** Of the answers, only that of the reason matters; the others are most of a policy. */
function damagesOf(decision: Decision): Damage[] {
  const verdict = decide(decision.policy, decision.request)
  const reason = verdict._tag === "Deny" ? verdict.reason : "guard.fault"
  return damages(decision, "decision").filter(
    ({ name }) => !name.includes(".responses.") || name.includes(`.responses.${reason}`),
  )
}

describe("a damaged field never turns a denial into an Allow, and never throws", () => {
  it.each(denials)("where %s denies for want of %s", (_rule, _id, parts, request) => {
    const decision = { policy: policyOf(parts), request: requestOf(request) }
    const faults = damagesOf(decision).flatMap((damage) => faultsOf(decision, damage))
    expect(faults).toEqual([])
  })

  it("in any decision", () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ input, request }, choice) => {
        const decision = { policy: policy(input), request }
        fc.pre(decide(decision.policy, request)._tag === "Deny")
        const all = damagesOf(decision)
        const chosen = all.slice(choice % all.length).slice(0, 60)
        expect(chosen.flatMap((damage) => faultsOf(decision, damage))).toEqual([])
      }),
      { numRuns: 120 },
    )
  })

  it("and where the decision was an Allow, does not throw either", () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ input, request }, choice) => {
        const decision = { policy: policy(input), request }
        const all = damagesOf(decision)
        for (const damage of all.slice(choice % all.length).slice(0, 40)) {
          damage.apply()
          const verdict = decide(decision.policy, decision.request)
          const explained = explain(decision.policy, decision.request).verdict
          expect(isDeepStrictEqual(explained, verdict), damage.name).toBe(true)
          damage.repair()
        }
      }),
      { numRuns: 120 },
    )
  })
})
