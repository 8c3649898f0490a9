import { readdirSync, readFileSync, realpathSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { reasons } from "@countersign/engine"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { readScenarioFile, type ScenarioFile, scenarioPath } from "../src/demo/scenario-file.ts"
import { type Folder, temporaryFolder } from "./gateway-folder.ts"
import { ran } from "./terminal.ts"

const scenarios = readScenarioFile().groups.flatMap((group) => group.scenarios)

let folder: Folder
beforeEach(() => {
  folder = temporaryFolder()
  vi.stubEnv("TMPDIR", folder.path)
})
afterEach(() => {
  vi.unstubAllEnvs()
  folder.remove()
})

/** The scenario file with one scenario changed. */
function tampered(id: string, change: (scenario: object) => object): string {
  const file = JSON.parse(readFileSync(scenarioPath, "utf8")) as ScenarioFile
  const groups = file.groups.map((group) => ({
    ...group,
    scenarios: group.scenarios.map((one) => (one.id === id ? change(one) : one)),
  }))
  return folder.write("scenarios.json", { ...file, groups })
}

describe("the demo", () => {
  it("sees every scenario end as its source says", { timeout: 20_000 }, async () => {
    const { code, out, err } = await ran(["demo"])
    expect(err).toBe("")
    expect(out).toContain(
      `${scenarios.length} scenarios: ${scenarios.length} as expected, 0 different`,
    )
    expect(code).toBe(0)
    expect(readdirSync(folder.path)).toEqual([])
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100)
    expect(out).not.toMatch(/-----BEGIN|[0-9a-f]{32}/)
    expect(out).not.toContain("\u001b")
  })

  it("fails with a difference when something is not as expected", async () => {
    const path = tampered("s1-1", (scenario) => ({
      ...scenario,
      expect: { verdict: "Deny", reason: "auth.key_not_found", status: 401 },
    }))
    const { code, out } = await ran(["demo", "--filter", "s1-1", "--scenarios", path])
    expect(code).toBe(1)
    expect(out).toContain("  - reason: auth.key_not_found\n  + reason: auth.cert_required\n")
    expect(out).toContain("  - status: 401\n  + status: 403\n")
    expect(out).toMatch(/1 different/)
  })

  it("fails when somebody else is identified than expected", async () => {
    const path = tampered("s1-2", (scenario) => ({
      ...scenario,
      expect: { verdict: "Allow", status: 200, session: "free" },
    }))
    const { code, out } = await ran(["demo", "--filter", "s1-2", "--scenarios", path])
    expect(code).toBe(1)
    expect(out).toContain("  - session: free\n  + session: alice\n")
  })

  it("prints everything as JSON, expectations and sources included", async () => {
    const { code, out } = await ran(["demo", "--json", "--filter", "decoy"])
    expect(code).toBe(0)
    const result = JSON.parse(out)
    expect(result).toMatchObject({ total: 5, differing: 0 })
    expect(result.scenarios[0]).toMatchObject({
      id: "attack-decoy-static",
      source: "attack: decoy certificate in the chain",
      verdict: "Deny",
      reason: "mtls.cert_not_allowed",
      status: 403,
      differences: [],
    })
    expect(result.scenarios[0].microseconds).toBeGreaterThan(0)
  })

  it("ends early and leaves nothing behind when it is interrupted", async () => {
    const { code, err } = await ran(["demo"], { interrupted: AbortSignal.abort() })
    expect(code).toBe(130)
    expect(err).toMatch(/^countersign: interrupted/)
    expect(readdirSync(folder.path)).toEqual([])
  })

  it.each([
    ["nothing matches the filter", () => ["--filter", "no such scenario"]],
    ["there is no scenario file", () => ["--scenarios", "/nowhere.json"]],
    ["the scenario file is no JSON", () => ["--scenarios", folder.write("a.json", "{")]],
    [
      "the scenario file is something else",
      () => ["--scenarios", folder.write("a.json", { a: 1 })],
    ],
    [
      "a scenario names somebody unknown",
      () => [
        "--filter",
        "s1-2",
        "--scenarios",
        tampered("s1-2", (scenario) => ({
          ...scenario,
          present: { transport: "tls", chain: ["nobody"], token: null, api: "dynamic" },
        })),
      ],
    ],
  ])("says in one line when %s", async (_name, args) => {
    const { code, out, err } = await ran(["demo", ...args()])
    expect(code).toBe(2)
    expect(out).toBe("")
    expect(err).toMatch(/^countersign: [^\n]+\n$/)
  })
})

describe("the scenario file", () => {
  it("is the one that spec publishes", () => {
    const published = fileURLToPath(new URL("../../../spec/scenarios.json", import.meta.url))
    expect(realpathSync(published)).toBe(scenarioPath)
  })

  it("calls every scenario by a name of its own", () => {
    const ids = scenarios.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it("cites a known source for every scenario", () => {
    const { sources } = readScenarioFile()
    for (const { source } of scenarios) {
      expect(Object.keys(sources)).toContain(source.match(/^\w+/)?.[0])
    }
  })

  it("expects only reasons of the catalogue", () => {
    for (const { expect: expected } of scenarios) {
      if (expected.verdict === "Deny") expect(reasons).toContain(expected.reason)
    }
  })
})
