import { expect, it } from "vitest"

it("loads", () => {
  expect(1).toBe(1)
})
