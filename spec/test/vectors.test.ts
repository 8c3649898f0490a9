import { readFileSync } from "node:fs"
import { decide, policy, reasons } from "@countersign/engine"
import fc from "fast-check"
import { expect, test } from "vitest"
import { modelReasons } from "../src/model/index.ts"
import { checkDecision } from "../src/vectors/check-decision.ts"
import { decisionFiles } from "../src/vectors/decision-files.ts"
import { decisionsSchema } from "../src/vectors/decisions-schema.ts"
import { modelDecision } from "../src/vectors/model-decision.ts"
import { normalForm } from "../src/vectors/normal-form.ts"
import { readDecisions } from "../src/vectors/read-decisions.ts"

const read = readDecisions(decisionFiles())
if (read._tag === "problems") {
  throw new Error(read.problems.map((one) => `${one.file}:${one.line} ${one.message}`).join("\n"))
}
const { vectors } = read
const engine = { name: "engine", policy, decide }

test("the engine decides every vector as it says, under both presets", () => {
  const different = vectors.flatMap((vector) => {
    const difference = checkDecision(engine, vector)
    return difference === undefined ? [] : [`${vector.id}: ${difference}`]
  })
  expect(different).toEqual([])
  expect(vectors.length).toBeGreaterThanOrEqual(500)
})

test("the reference model expects of every vector what it says", () => {
  for (const vector of vectors) {
    expect({ id: vector.id, ...modelDecision(vector) }).toEqual({ id: vector.id, ...vector.expect })
  }
})

test("under any vector's policy engine and reference model agree on any other's request", () => {
  fc.assert(
    fc.property(fc.constantFrom(...vectors), fc.constantFrom(...vectors), (one, other) => {
      const crossed = { ...one, request: other.request }
      const expected = modelDecision(crossed)
      expect(checkDecision(engine, { ...crossed, expect: expected })).toBeUndefined()
    }),
    { numRuns: 3000 },
  )
})

test("no two vectors differ in names alone", () => {
  const seen = new Map<string, string>()
  const twice: string[] = []
  for (const vector of vectors) {
    const form = normalForm(vector)
    const before = seen.get(form)
    if (before === undefined) seen.set(form, vector.id)
    else twice.push(`${vector.id} is ${before} in other names`)
  }
  expect(twice).toEqual([])
})

test("every reason that a decision on facts can have is some vector's", () => {
  const expected = vectors.flatMap((one) => ("deny" in one.expect ? one.expect.deny.reason : []))
  const decidable = modelReasons.filter((reason) => reason !== "guard.fault")
  expect(reasons.filter((reason) => expected.includes(reason))).toEqual(
    reasons.filter((reason) => decidable.some((one) => one === reason)),
  )
})

test("a subject that denies everything, one that allows and one that throws are told apart", () => {
  const [vector] = vectors
  if (vector === undefined) throw new Error("no vector")
  const denying = { ...engine, decide: () => ({ ...fault, status: 500 }) }
  const throwing = { ...engine, policy: () => JSON.parse("") }
  const differences = vectors.map((one) => checkDecision(denying, one))
  expect(differences.every((one) => one?.includes("got Deny guard.fault 500"))).toBe(true)
  expect(checkDecision(throwing, vector)).toContain("threw: ")
})

const fault = {
  _tag: "Deny",
  reason: "guard.fault",
  detail: undefined,
  message: "",
} as const

test("the committed JSON Schema is the one that the reader's schema makes", () => {
  const committed = readFileSync(
    new URL("../vectors/decisions.schema.json", import.meta.url),
    "utf8",
  )
  expect(JSON.parse(committed)).toEqual(JSON.parse(decisionsSchema()))
})
