import { expect, it } from "vitest"
import { settingsOf } from "../../src/path/options.ts"

const budget = { extras: 64, signatures: 32, steps: 4096, comparisons: 250_000, paths: 8 }
const policies = {
  acceptable: "any",
  requireExplicit: false,
  inhibitMapping: false,
  inhibitAny: false,
} as const

it("what is not said is the default, and the time is floored to seconds", () => {
  expect(settingsOf({ now: 1999 })).toStrictEqual({
    now: 1000,
    profile: "default",
    depth: 8,
    budget,
    policies,
    requireExtendedKeyUsage: false,
    dangerouslyAcceptAuthorityAsLeaf: false,
  })
})

it("what is said counts, each by itself", () => {
  const acceptable = new Set(["1.2.3"])
  const said = {
    now: -1,
    profile: "strict",
    depth: 0,
    budget: { steps: 1 },
    policies: { acceptable, inhibitAny: true },
    requireExtendedKeyUsage: true,
    dangerouslyAcceptAuthorityAsLeaf: true,
  } as const
  expect(settingsOf(said)).toStrictEqual({
    ...said,
    now: -1000,
    budget: { ...budget, steps: 1 },
    policies: { ...policies, acceptable, inhibitAny: true },
  })
})
