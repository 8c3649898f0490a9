import { expect, it } from "vitest"
import { defaultBudget, type Spending, spend } from "../../src/path/budget.ts"

it("a budget can be spent to its end, and nothing after the first that ran out", () => {
  const spending: Spending = { signatures: 0, steps: 0, comparisons: 0, exhausted: undefined }
  const budget = { ...defaultBudget, steps: 3, signatures: 1 }
  const take = (kind: "signatures" | "steps", amount?: number) =>
    spend(spending, budget, kind, amount)
  expect([take("steps"), take("steps", 2)]).toEqual([true, true])
  expect(spending).toEqual({ signatures: 0, steps: 3, comparisons: 0, exhausted: undefined })
  expect(take("steps")).toBe(false)
  expect(spending).toEqual({ signatures: 0, steps: 3, comparisons: 0, exhausted: "steps" })
  expect([take("signatures"), take("steps", 0)]).toEqual([false, false])
  expect(spending).toEqual({ signatures: 0, steps: 3, comparisons: 0, exhausted: "steps" })
})
