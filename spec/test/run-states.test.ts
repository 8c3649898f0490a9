import { decide, explain, type Verdict } from "@countersign/engine"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { caseOfState } from "../src/states/case-of-state.ts"
import { compare, type Engine } from "../src/states/compare.ts"
import { concretise } from "../src/states/concretise.ts"
import { counterexampleOf } from "../src/states/counterexample.ts"
import { productNamed, productNames } from "../src/states/products.ts"
import { sizeOf, stateAt } from "../src/states.ts"
import { policyInputOf, requestOf } from "../src/vectors/concretise-case.ts"
import { ran, temporaryFolder } from "./run-terminal.ts"

const folder = temporaryFolder()

describe("a state as a case", () => {
  const products = (["checks", "boundaries", "alternatives"] as const).map(productNamed)
  const anyState = fc
    .constantFrom(...products)
    .chain((product) => fc.nat(sizeOf(product) - 1).map((index) => stateAt(product, index)))

  it("is the policy and the request that the state stands for, or says nothing", () => {
    let said = 0
    const runs = 1000
    fc.assert(
      fc.property(anyState, (state) => {
        const one = caseOfState(state)
        if (one === undefined) return
        said++
        const { policyInput, request } = concretise(state)
        expect(requestOf(one.request)).toEqual(request)
        expect(policyInputOf(one.policy)).toEqual({ ...policyInput, stripAuthorizationData: false })
      }),
      { numRuns: runs },
    )
    expect(said).toBeGreaterThan(runs / 2)
  })
})

const fault = { _tag: "Deny", reason: "guard.fault", status: 500, message: "" } as const

it("the sets of states are named, all of them, in the help", async () => {
  const { out } = await ran(["states", "--help"])
  expect(out.replaceAll(/\s+/g, " ")).toContain(`only: ${productNames.join(", ")} `)
})

describe("a disagreement as a vector", () => {
  const broken: Engine = {
    decide: (rule, request) => decide(rule, { ...request, hostAgrees: true }),
    explain: (rule, request) => explain(rule, { ...request, hostAgrees: true }),
  }
  const differing = compare(productNamed("checks"), broken, { explainEvery: 1 }).differing
  const text = differing && counterexampleOf("checks", differing, broken)

  it("expects what the model says, and can be run again", async () => {
    const file = folder.write("checks.json", text ?? "")
    const { code, out } = await ran(["--vectors", file])
    expect(out).toContain("1 decision vector: all as expected")
    expect(code).toBe(0)
  })

  it("fails of the engine that differs", async () => {
    const { href } = new URL("../../packages/engine/src/index.ts", import.meta.url)
    const source = `import { decide as theirs } from ${JSON.stringify(href)}
      export const decide = (policy, request) => theirs(policy, { ...request, hostAgrees: true })`
    const file = folder.write("checks-again.json", text ?? "")
    const module = folder.write("blind.mjs", source)
    const { code, out } = await ran(["--vectors", file, "--module", module])
    expect(code).toBe(1)
    expect(out).toContain("expected Deny mtls.misdirected 421, got Deny mtls.cert_required 403")
  })

  it("is made where an Allow was expected, too", () => {
    const closed = (verdict: Verdict): Verdict =>
      verdict._tag === "Allow" ? { ...fault, detail: undefined } : verdict
    const denying: Engine = {
      decide: (rule, request) => closed(decide(rule, request)),
      explain: (rule, request) => ({ verdict: closed(decide(rule, request)) }),
    }
    const state = compare(productNamed("checks"), denying, { explainEvery: 1 }).differing
    const vector: { readonly vectors: readonly { readonly expect: object }[] } = JSON.parse(
      (state && counterexampleOf("checks", state, denying)) ?? "{}",
    )
    expect(vector.vectors).toHaveLength(1)
    expect(vector.vectors[0]?.expect).toHaveProperty("allow.leafBy")
  })
})
