import { join } from "node:path"
import { expect, it } from "vitest"
import { type Configuration, createLoader, type Invalid } from "../src/index.ts"
import { folder, now, write } from "./folder.ts"
import { manyDefinitions } from "./scale.ts"

const apis = 2_000

function served(result: Configuration | Invalid): Configuration {
  if (result._tag === "Configuration") return result
  throw new Error(result.problems[0]?.message)
}

it("loads thousands of definitions and compiles one again when one changes", async () => {
  const files = await manyDefinitions(apis, 200)
  const root = folder(files)
  const loader = createLoader(root, { now })
  const start = performance.now()
  const first = served(loader.load())
  // A fifth of the ten thousand that may take ten seconds; it takes half a second.
  expect(performance.now() - start).toBeLessThan(10_000)
  expect(first.facts.apis.every(({ entries }) => entries.length === 10)).toBe(true)
  expect(first.certificates.size).toBe(200)
  const changed = files["apis/7.json"] as object
  write(root, { "apis/7.json": { ...changed, strip_auth_data: true } })
  const second = served(loader.load({ changed: [join(root, "apis/7.json")] }))
  const again = [...second.apis].filter(([apiId, api]) => first.apis.get(apiId) !== api)
  expect(again.map(([apiId]) => apiId)).toEqual(["api-7"])
  expect(second.routes).toBe(first.routes)
}, 60_000)
