import { decide, policy, reasons } from "@countersign/engine"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { advisoryClasses } from "../src/advisory-classes.ts"
import { answer } from "../src/laws/answer.ts"
import { decisions } from "../src/laws/arbitrary/cases.ts"
import { checkLaw, laws, shellLaws } from "../src/laws/index.ts"
import { stricter } from "../src/laws/stricter.ts"
import type { Subject } from "../src/subject.ts"

const engine: Subject = { name: "engine", policy, decide }

describe("the engine keeps every law", () => {
  it.each(laws.map((law) => [law.sentence, law] as const))("%s", (_, law) => {
    const result = checkLaw(law, engine, { runs: 150 })
    if (result._tag === "broken") throw new Error(JSON.stringify(result, null, 1))
  })
})

describe("no law is stated in vain: a case in twenty comes to what it speaks of", () => {
  it.each(laws.map((law) => [law.sentence, law] as const))("%s", (_, law) => {
    const cases = fc.sample(law.cases, { numRuns: 300, seed: 1 })
    const concerned = cases.filter((one) => law.concerns(engine, one))
    expect(concerned.length / cases.length).toBeGreaterThan(0.05)
  })
})

it("the cases reach every reason and every way to be allowed", () => {
  const reached = new Set<string>()
  for (const one of fc.sample(decisions(), { numRuns: 4000, seed: 1 })) {
    const verdict = answer(engine, one)
    if (verdict._tag === "Deny") reached.add(verdict.reason)
    else {
      reached.add(`by ${verdict.identity.leafBy}`)
      reached.add(`as ${verdict.identity.sessionBy}`)
    }
  }
  const rules = ["allow_list", "trust_path", "certificate", "binding", "confirmation", "undefined"]
  const callers = ["token", "certificate", "jwt", "undefined"]
  const ways = [...rules.map((rule) => `by ${rule}`), ...callers.map((caller) => `as ${caller}`)]
  const decided = reasons.filter((reason) => !reason.startsWith("guard."))
  expect([...reached].sort()).toEqual([...decided, ...ways].sort())
})

describe("what the laws say of themselves", () => {
  const all = [...laws, ...shellLaws]
  const sources = all.flatMap((law) => law.sources)

  it("is one id and one sentence each", () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.every(({ id }) => /^[a-z]+(-[a-z]+)+$/.test(id))).toBe(true)
    expect(new Set(all.map(({ sentence }) => sentence)).size).toBe(all.length)
  })

  it("names classes of attack that there are", () => {
    const named = sources.filter((source) => source.startsWith("advisory:"))
    const unknown = named.filter((source) => !Object.hasOwn(advisoryClasses, source.slice(9)))
    expect(unknown).toEqual([])
  })

  it.each(Object.keys(advisoryClasses))("leaves no class of attack without a law: %s", (name) => {
    expect(sources).toContain(`advisory:${name}`)
  })

  it.each(Object.keys(stricter))("leaves nothing that is stricter without a law: %s", (name) => {
    expect(sources).toContain(`design:stricter/${name}`)
  })
})
