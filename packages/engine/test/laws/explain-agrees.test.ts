import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { decide, explain, policy } from "../../src/index.ts"
import type { Rule } from "../../src/rules/trace.ts"
import { cases } from "../support/cases.ts"
import { rulesAsked } from "../support/rules.ts"

/** What a fact may say besides fingerprints, ids, instants and counts. */
const words = new Set(
  `plain tls none never to deleted all an empty list unknown good revoked true false off soft hard
  presented verified invalid malformed enrolled not (enrolled) (not enrolled) no token certificate(s)
  API(s) issuer signature s1 s2 acme other orders`.split(/\s+/),
)
const value = /^([0-9a-f]{64}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|\d+)$/

describe("explain", () => {
  it("agrees with decide, and tells every rule that was tried", () => {
    const reached = new Set<Rule>()
    fc.assert(
      fc.property(cases, ({ input, request }) => {
        const rule = policy(input)
        const { verdict, steps, because } = explain(rule, request)
        expect(verdict).toEqual(decide(rule, request))
        const asked = rulesAsked(rule, request)
        expect(steps.map((step) => [step.rule, step.held])).toEqual(
          asked.map((one) => [one.rule, one.held]),
        )
        for (const step of steps) reached.add(step.rule)
        const last = steps.findLast((step) => !step.held && step.rule !== "alternatives.group")
        expect(because).toBe(verdict._tag === "Allow" ? undefined : last?.rule)
      }),
      { numRuns: 1500 },
    )
    expect(reached.size).toBe(32)
  })

  it("has a change for every denial", () => {
    fc.assert(
      fc.property(cases, ({ input, request }) => {
        const { verdict, because, change } = explain(policy(input), request)
        expect(change === undefined).toBe(verdict._tag === "Allow")
        expect(because === undefined).toBe(verdict._tag === "Allow")
      }),
      { numRuns: 300 },
    )
  })

  it("tells fingerprints, ids, instants, counts and flags, and nothing else", () => {
    fc.assert(
      fc.property(cases, ({ input, request }) => {
        for (const { facts } of explain(policy(input), request).steps) {
          for (const fact of facts) {
            const parts = fact.value.split(/[ ,;]+/)
            expect(parts.filter((part) => !words.has(part) && !value.test(part))).toEqual([])
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
