import { fileURLToPath } from "node:url"
import { expect, it } from "vitest"
import { checkConfiguration, loadConfiguration } from "../src/index.ts"

const example = fileURLToPath(new URL("../../../examples/gateway", import.meta.url))
const now = Date.UTC(2026, 0, 1)

it("loads the example folder without a problem", () => {
  const loaded = loadConfiguration(example, { now })
  expect(loaded.problems).toEqual([])
  if (loaded._tag === "Invalid") throw new Error("the example is valid")
  expect([...loaded.apis.keys()].sort()).toEqual(["customers", "orders", "partners"])
  expect(loaded.sessions.size).toBe(4)
  expect(loaded.certificates.size).toBe(2)
})

it("finds nothing to warn of in the example folder", () => {
  expect(checkConfiguration(example, { now })).toEqual({
    version: 1,
    servable: true,
    errors: 0,
    warnings: 0,
    problems: [],
    ignored: [],
    apis: 3,
    sessions: 4,
    certificates: 2,
  })
})
