import { describe, expect, it } from "vitest"
import { adapterDriver } from "../src/drivers/adapter-driver.ts"
import type { Answer, Driver } from "../src/drivers/driver.ts"
import { exchangesOfSuite } from "../src/exchanges/files.ts"
import { type ExchangeOptions, type ExchangeOutcome, runExchanges } from "../src/exchanges/run.ts"
import { nodeHttp1 } from "../src/hosts/node.ts"
import type { ExchangeCase } from "../src/vectors/read-exchanges.ts"

const all = exchangesOfSuite()
const few = exchangesOfSuite((path) => path.endsWith("/dynamic-mtls-plain-keys.json"))

function driver(change: Partial<Driver>): Driver {
  const load = () => Promise.resolve(undefined)
  return { name: "fake", load, request: () => Promise.resolve({ status: 200 }), ...change }
}

async function run(
  tried: Driver,
  vectors: readonly ExchangeCase[],
  options?: ExchangeOptions,
): Promise<readonly ExchangeOutcome[]> {
  const outcomes: ExchangeOutcome[] = []
  for await (const outcome of runExchanges(tried, vectors, options)) outcomes.push(outcome)
  return outcomes
}

function idsOf(outcomes: readonly ExchangeOutcome[], wanted: ExchangeOutcome["outcome"]): string[] {
  return outcomes.filter(({ outcome }) => outcome === wanted).map(({ id }) => id)
}

/** A gateway that answers as it should, told by a table. */
function oracle(answers: (vector: ExchangeCase) => Answer): Driver {
  const byId = new Map(all.map((vector) => [vector.id, vector]))
  return driver({
    request: ({ id }) => {
      const vector = byId.get(id)
      return Promise.resolve(vector === undefined ? { cannot: "unknown" } : answers(vector))
    },
  })
}

const hang = (): Promise<never> => new Promise(() => {})

describe("exchanges", () => {
  it("of the seeds are answered by real servers as expected", async () => {
    const tried = adapterDriver(nodeHttp1)
    const outcomes = await run(
      tried,
      exchangesOfSuite((path) => path.endsWith("/seeds.json")),
    )
    expect(outcomes.filter(({ outcome }) => outcome !== "passed")).toEqual([])
    expect(outcomes.length).toBeGreaterThan(90)
    await tried.close?.()
  })

  it("fail exactly where a gateway that lets everybody in should not", async () => {
    const outcomes = await run(driver({}), all)
    const denied = all.filter(({ expect: expected }) => "deny" in expected)
    expect(idsOf(outcomes, "failed").toSorted()).toEqual(denied.map(({ id }) => id).toSorted())
    expect(idsOf(outcomes, "passed").length).toBe(all.length - denied.length)
    expect(outcomes.find(({ outcome }) => outcome === "failed")?.what).toMatch(
      /^status: expected 4\d\d, got 200$/,
    )
  })

  it("expect the statuses of the preset that was named", async () => {
    const tried = oracle(({ expect: expected }) => ({
      status: "deny" in expected ? expected.deny.status["tyk-5.12"] : 200,
    }))
    expect(idsOf(await run(tried, all, { preset: "tyk-5.12" }), "failed")).toEqual([])
    const others = ["auth.cert_required", "auth.cert_mismatch"]
    const outcomes = await run(tried, all)
    for (const { vector, outcome } of outcomes) {
      const { expect: expected } = vector
      const isOther = "deny" in expected && others.includes(expected.deny.reason)
      expect([vector.id, outcome]).toEqual([vector.id, isOther ? "failed" : "passed"])
    }
  })

  it.each([
    ["reason", { reason: "auth.key_expired" }],
    ["session", { session: "somebody" }],
    ["leaf", { leaf: "0".repeat(64) }],
  ])("fail where a driver shows another %s", async (what, shown) => {
    const tried = oracle(({ expect: expected }) => ({
      status: "deny" in expected ? expected.deny.status.default : 200,
      ...shown,
    }))
    const [allowed] = few.filter(({ expect: expected }) => "allow" in expected)
    const [outcome] = await run(tried, allowed === undefined ? [] : [allowed])
    expect(outcome).toMatchObject({ outcome: "failed" })
    expect(outcome?.what).toMatch(new RegExp(`^${what}: expected .+, got .+$`))
  })

  it("are cut off one by one where a driver hangs, and say so", async () => {
    const given: string[] = []
    const tried = driver({
      request: ({ id }, signal) => {
        signal.addEventListener("abort", () => given.push(id))
        return id === "exchange.a13" ? Promise.resolve({ status: 200 }) : hang()
      },
    })
    const outcomes = await run(tried, few, { timeout: 5 })
    expect(idsOf(outcomes, "passed")).toEqual(["exchange.a13"])
    expect(idsOf(outcomes, "timed out")).toEqual(given)
    expect(given.length).toBe(few.length - 1)
    expect(outcomes.at(-1)?.what).toBe("no answer within 5 ms")
  })

  it("are cut off together where a driver hangs while it loads", async () => {
    const asked: string[] = []
    const request: Driver["request"] = ({ id }) => {
      asked.push(id)
      return Promise.resolve({ status: 200 })
    }
    const outcomes = await run(driver({ load: hang, request }), few, { timeout: 5 })
    expect(idsOf(outcomes, "timed out").length).toBe(few.length)
    expect(asked).toEqual([])
  })

  it.each([
    ["throws", () => Promise.reject(new Error("no such host")), "the driver threw: no such host"],
    ["answers nonsense", () => Promise.resolve({ status: "200" } as never), "no status"],
    ["throws nonsense", () => Promise.reject("no"), "something that is no error"],
  ])("are errors where a driver %s", async (_what, request, said) => {
    const outcomes = await run(driver({ request }), few)
    expect(idsOf(outcomes, "error").length).toBe(few.length)
    expect(outcomes[0]?.what).toContain(said)
  })

  it("are skipped where a driver cannot", async () => {
    const load: Driver["load"] = ({ gateway }) =>
      Promise.resolve(gateway.allowDynamicMtlsTokenAuth ? { cannot: "no such flag" } : undefined)
    const outcomes = await run(driver({ load }), few)
    const flagged = few.filter(({ gateway }) => gateway?.allowDynamicMtlsTokenAuth === true)
    expect(idsOf(outcomes, "skipped").toSorted()).toEqual(flagged.map(({ id }) => id).toSorted())
    expect(outcomes.find(({ outcome }) => outcome === "skipped")?.what).toContain("no such flag")
  })

  it("are filtered, counted, and loaded once for equal settings", async () => {
    let loads = 0
    const load: Driver["load"] = () => {
      loads++
      return Promise.resolve(undefined)
    }
    const counts: string[] = []
    const outcomes = await run(driver({ load }), few, {
      filter: ({ gateway }) => gateway === undefined,
      onProgress: (done, of) => counts.push(`${done}/${of}`),
    })
    expect(loads).toBe(1)
    expect(counts.at(-1)).toBe(`${outcomes.length}/${outcomes.length}`)
    expect(outcomes.length).toBe(few.filter(({ gateway }) => gateway === undefined).length)
  })
})
