import { type Deny, decide, explain, policy, type Verdict } from "@countersign/engine"
import fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import {
  defaultAnswers,
  judge,
  type ModelReason,
  modelReasons,
  traced,
  tykAnswers,
  verdictOf,
} from "../src/model/index.ts"
import { agreeOn, type Comparison, compare, type Engine } from "../src/states/compare.ts"
import { concretise } from "../src/states/concretise.ts"
import { LEAF_HEX } from "../src/states/facts.ts"
import { minimise } from "../src/states/minimise.ts"
import { compareInParallel } from "../src/states/parallel.ts"
import { type ProductName, productNamed, productNames } from "../src/states/products.ts"
import { disagreement, table } from "../src/states/report.ts"
import { indexOf, type State, sizeOf, stateAt } from "../src/states.ts"

const engine: Engine = { decide, explain }
const compared = productNames.filter((name) => name !== "far")

describe("engine, model and explain agree on every state", () => {
  const comparisons = new Map<string, Comparison>()

  beforeAll(async () => {
    const started = performance.now()
    const done = await compareInParallel(compared, { parts: 2, explainEvery: 199 })
    for (const comparison of done) comparisons.set(comparison.product, comparison)
    const seconds = (performance.now() - started) / 1000
    process.stdout.write(`${table(done)} in ${seconds.toFixed(1)} s\n`)
    process.stdout.write(`the full product has ${full().toLocaleString("en")} states\n`)
  }, 240_000)

  it.each(compared)("of the product `%s`", (name) => {
    const comparison = comparisons.get(name)
    const differing = comparison?.differing
    expect(differing && disagreement(differing, engine)).toBeUndefined()
    expect(comparison?.states).toBe(sizeOf(productNamed(name)))
  })
})

function full(): number {
  return productNames.reduce((sum, name) => sum + sizeOf(productNamed(name)), 0)
}

describe("the products", () => {
  const anyState = fc.constantFrom<ProductName>(...compared).chain((name) => {
    const product = productNamed(name)
    return fc.record({ product: fc.constant(product), index: fc.nat(sizeOf(product) - 1) })
  })

  it("count their states: an index gives a state, and the state gives the index", () => {
    fc.assert(
      fc.property(anyState, ({ product, index }) => {
        expect(indexOf(product, stateAt(product, index))).toBe(index)
      }),
      { numRuns: 60 },
    )
  })

  it("hold no state twice", () => {
    for (const name of compared) {
      const { policies, connections, credentials } = productNamed(name)
      for (const part of [policies, connections, credentials]) {
        expect(new Set(part.map((one) => JSON.stringify(one))).size, name).toBe(part.length)
      }
    }
  })

  it("end where they end", () => {
    const product = productNamed("checks")
    expect(() => stateAt(product, sizeOf(product))).toThrow(RangeError)
  })
})

describe("a disagreement", () => {
  /** An engine to which the host always agrees. */
  const broken: Engine = {
    decide: (rule, request) => decide(rule, { ...request, hostAgrees: true }),
    explain: (rule, request) => explain(rule, { ...request, hostAgrees: true }),
  }
  const stops = compare(productNamed("checks"), broken, { explainEvery: 1 })

  it("is found", () => {
    expect(stops.differing).toBeDefined()
  })

  it("shrinks to a state in which nothing can be made plainer", () => {
    expect(disagreement(wanted(stops.differing), broken)).toBe(
      [
        "policy: staticMtls empty",
        "connection: transport bare, host disagrees",
        "authToken: none",
        "holder: absent",
        "certificate's session: absent",
        'model:   {"_tag":"Deny","reason":"mtls.misdirected"}',
        'decide:  {"_tag":"Deny","reason":"mtls.cert_required","status":403,"message":"Client TLS certificate is required"}',
        'explain: {"_tag":"Deny","reason":"mtls.cert_required","status":403,"message":"Client TLS certificate is required"}',
      ].join("\n"),
    )
  })

  it("is shrunk to an end, also where a plainer state is restored by a relation", () => {
    const product = productNamed("near")
    for (const credentials of product.credentials) {
      const [policy, connection] = [product.policies[0], product.connections[0]]
      if (policy === undefined || connection === undefined) throw new Error("an empty product")
      const state = { policy, connection, credentials }
      const text = JSON.stringify(state)
      expect(minimise(state, (one) => JSON.stringify(one) === text)).toBe(state)
    }
  })

  it("of explain alone is found as well", () => {
    const lying: Engine = {
      decide,
      explain: (rule, request) => ({ verdict: relabelled(explain(rule, request).verdict) }),
    }
    const found = compare(productNamed("checks"), lying, { explainEvery: 1_000_000 }).differing
    expect(agreeOn(wanted(found), engine)).toBe(true)
    expect(agreeOn(wanted(found), lying)).toBe(false)
  })
})

function relabelled(verdict: Verdict): Verdict {
  return verdict._tag === "Deny" ? { ...verdict, detail: "no_session" } : verdict
}

function wanted(state: State | undefined): State {
  if (state === undefined) throw new Error("no state differs")
  return state
}

describe("what a client is told", () => {
  const examples = examplesByReason()

  it("has an example of every reason", () => {
    expect([...examples.keys()].sort()).toEqual([...modelReasons].sort())
  })

  it.each([
    ["default", defaultAnswers],
    ["tyk-5.12", tykAnswers],
  ] as const)("is the catalogue's answer under the preset %s", (preset, answers) => {
    for (const [reason, state] of examples) {
      const { policyInput, request } = concretise(state)
      if (reason === "guard.fault") continue
      const { status, message } = decided(
        policy({ ...policyInput, responses: { preset } }),
        request,
      )
      expect({ status, message }, reason).toEqual({
        status: answers[reason].status,
        message: answers[reason].message.replace("<hex>", LEAF_HEX),
      })
    }
  })

  it("is the operator's answer where one is configured", () => {
    for (const [reason, state] of examples) {
      const { policyInput, request } = concretise(state)
      if (reason === "guard.fault") continue
      const override = { [reason]: { status: 418, message: `no: ${reason}` } }
      const { status, message } = decided(
        policy({ ...policyInput, responses: { override } }),
        request,
      )
      expect({ status, message }).toEqual({ status: 418, message: `no: ${reason}` })
    }
  })

  function decided(...[rule, request]: Parameters<typeof decide>): Deny {
    const verdict = decide(rule, request)
    if (verdict._tag === "Allow") throw new Error("allowed")
    return verdict
  }
})

describe("what the application still has to do", () => {
  it.each([
    [true, ["strip_authorization_data"]],
    [false, []],
  ])("follows stripAuthorizationData: %s", (stripAuthorizationData, obligations) => {
    const product = productNamed("checks")
    let allowed = 0
    for (let index = 0; index < sizeOf(product); index += 101) {
      const { policyInput, request } = concretise(stateAt(product, index))
      const verdict = decide(policy({ ...policyInput, stripAuthorizationData }), request)
      if (verdict._tag === "Deny") continue
      expect(verdict.obligations).toEqual(obligations)
      allowed++
    }
    expect(allowed).toBeGreaterThan(100)
  })
})

/** The first state of each reason, by the model. */
function examplesByReason(): Map<ModelReason, State> {
  const examples = new Map<ModelReason, State>()
  const trace = new Uint8Array(traced.length)
  for (const name of ["admission", "checks", "alternatives", "near"] as const) {
    const product = productNamed(name)
    for (let index = 0; index < sizeOf(product); index += Math.ceil(sizeOf(product) / 9_973)) {
      const state = stateAt(product, index)
      const verdict = verdictOf(judge(state, trace))
      if (verdict?._tag === "Deny" && !examples.has(verdict.reason)) {
        examples.set(verdict.reason, state)
      }
    }
  }
  return examples
}
