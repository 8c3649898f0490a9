import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type BrokenSubject, brokenSubjects } from "../src/laws/broken/index.ts"
import { runsOf } from "../src/laws/check-law.ts"
import { checkLaw, type Law, laws } from "../src/laws/index.ts"
import type { DecisionCase } from "../src/vectors/decision-case.ts"

const seed = 5

function isCaught(law: Law, { subject }: BrokenSubject, runs: number): boolean {
  return casesOf(law)
    .slice(0, runsOf(law, runs))
    .some((cases) => law.broken(subject, cases) !== undefined)
}

const samples = new Map<Law, readonly (readonly DecisionCase[])[]>()

/** The same cases for every fault. */
function casesOf(law: Law): readonly (readonly DecisionCase[])[] {
  const cases = samples.get(law) ?? fc.sample(law.cases, { numRuns: runsOf(law, 600), seed })
  samples.set(law, cases)
  return cases
}

describe("a fault that somebody could make is caught by its law", () => {
  it.each(brokenSubjects.map((fault) => [fault.what, fault] as const))("%s", (_, fault) => {
    const law = laws.find(({ id }) => id === fault.caughtBy)
    expect(law !== undefined && isCaught(law, fault, 600)).toBe(true)
  })
})

it("every law catches one of them", () => {
  const catching = new Set(brokenSubjects.map(({ caughtBy }) => caughtBy))
  expect(laws.filter(({ id }) => !catching.has(id)).map(({ id }) => id)).toEqual([])
})

describe("what a law says that it alone catches, no other does", () => {
  const claims = laws.filter(({ onlyCatches }) => onlyCatches !== "none")

  it.each(claims.map((law) => [law.onlyCatches, law] as const))("%s", (id, law) => {
    const fault = brokenSubjects.find((one) => one.id === id)
    if (fault === undefined) throw new Error("there is no such fault")
    expect(fault.caughtBy).toBe(law.id)
    const others = laws.filter((other) => other !== law && isCaught(other, fault, 60))
    expect(others.map((other) => other.id)).toEqual([])
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
