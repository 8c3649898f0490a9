import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type BrokenSubject, brokenSubjects } from "../src/laws/broken/index.ts"
import { runsOf } from "../src/laws/check-law.ts"
import { checkLaw, type Law, laws } from "../src/laws/index.ts"
import type { DecisionCase } from "../src/vectors/decision-case.ts"

const seed = 5
const samples = new Map<Law, readonly (readonly DecisionCase[])[]>()

/** The same cases for every fault; the first hundred, or more where those do not catch it. */
function catches(law: Law, { subject }: BrokenSubject, runs: number): boolean {
  const known = samples.get(law)
  const cases = known ?? fc.sample(law.cases, { numRuns: runsOf(law, 500), seed })
  samples.set(law, cases)
  return cases.slice(0, runsOf(law, runs)).some((one) => law.broken(subject, one) !== undefined)
}

const matrix = new Map<BrokenSubject, readonly Law[]>(
  brokenSubjects.map((fault) => [fault, laws.filter((law) => catches(law, fault, 100))]),
)

function isCaught(law: Law, fault: BrokenSubject): boolean {
  return matrix.get(fault)?.includes(law) === true || catches(law, fault, 500)
}

describe("every law catches a fault that somebody could make", () => {
  it.each(laws.map((law) => [law.id, law] as const))("%s", (_, law) => {
    const own = brokenSubjects.filter(({ id }) => id === law.onlyCatches)
    const candidates = law.onlyCatches === "none" ? brokenSubjects : own
    expect(candidates.some((fault) => isCaught(law, fault))).toBe(true)
  })
})

describe("every fault is caught by some law", () => {
  it.each(brokenSubjects.map((fault) => [fault.what, fault] as const))("%s", (_, fault) => {
    const isFew = matrix.get(fault)?.length === 0
    expect(!isFew || laws.some((law) => catches(law, fault, 500))).toBe(true)
  })
})

describe("what a law says that it alone catches, no other does", () => {
  const claims = laws.filter(({ onlyCatches }) => onlyCatches !== "none")

  it.each(claims.map((law) => [law.onlyCatches, law] as const))("%s", (id, law) => {
    const fault = brokenSubjects.find((one) => one.id === id)
    const others = fault === undefined ? laws : (matrix.get(fault) ?? [])
    expect(others.filter((other) => other !== law).map((other) => other.id)).toEqual([])
  })
})

it("a counterexample is small, plain data and repeatable", () => {
  const law = laws.find(({ id }) => id === "a-static-allow-means-listed-pathed-or-bound")
  const fault = brokenSubjects.find(({ id }) => id === "no-tls-no-list")
  if (law === undefined || fault === undefined) throw new Error("they are gone")
  const result = checkLaw(law, fault.subject, { runs: 500, seed })
  if (result._tag === "held") throw new Error("the fault was not found")
  const again: DecisionCase[] = JSON.parse(JSON.stringify(result.cases))
  expect(law.broken(fault.subject, again)).toBe(result.what)
  expect(result.what).toContain("no certificate was presented here")
  expect(again[0]?.request).toMatchObject({ connection: "plain", hostAgrees: true })
  expect(again[0]?.policy.identity._tag).not.toBe("alternatives")
})
