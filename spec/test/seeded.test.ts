import { afterAll, describe, expect, it } from "vitest"
import { exposureOf, patched, type SeededFault } from "../src/faults/seeded/fault.ts"
import { seededFaults } from "../src/faults/seeded/index.ts"
import { Lane, staleness } from "../src/faults/seeded/lane.ts"

describe("the seeded faults", () => {
  it.each(seededFaults.map((fault) => [fault.id, fault] as const))(
    "fit the sources: update `spec/src/faults/seeded` where they do not: %s",
    (_, fault) => {
      expect(staleness(fault)).toBeUndefined()
    },
  )

  it("have one id and one sentence each, and ten at least are the author's", () => {
    const unique = (texts: readonly string[]): number => new Set(texts).size
    expect(unique(seededFaults.map(({ id }) => id))).toBe(seededFaults.length)
    expect(unique(seededFaults.map(({ sentence }) => sentence))).toBe(seededFaults.length)
    expect(seededFaults.every(({ id }) => /^[a-z]+(-[a-z]+)*$/.test(id))).toBe(true)
    expect(seededFaults.filter(({ by }) => by === "author").length).toBeGreaterThanOrEqual(10)
  })
})

const fault: SeededFault = {
  ...{ id: "a", sentence: "b", by: "author", file: "packages/engine/src/c.ts" },
  ...{ find: "$& one", replace: "$& two" },
}

describe("a patch", () => {
  it("replaces text that is found once, and nothing in it is special", () => {
    expect(patched(fault, "x $& one y")).toEqual({ source: "x $& two y" })
  })

  it.each([
    ["never", "x", "found 0 times"],
    ["twice", "$& one $& one", "found 2 times"],
  ])("does not fit where its text is found %s", (_, source, why) => {
    expect(patched(fault, source)).toEqual({ stale: expect.stringContaining(why) })
  })

  it("must change something", () => {
    expect(patched({ ...fault, replace: fault.find }, fault.find)).toHaveProperty("stale")
  })

  it.each([
    ["packages/engine/src/decide.ts", { _tag: "decisions" }],
    ["packages/guard/src/guard.ts", { _tag: "exchanges", driver: "node" }],
    ["adapters/fastify/src/hook.ts", { _tag: "exchanges", driver: "fastify" }],
    ["adapters/koa/src/middleware.ts", { _tag: "exchanges", driver: "koa" }],
  ])("of %s is looked for where it can be seen", (file, exposure) => {
    expect(exposureOf({ ...fault, file })).toEqual(exposure)
  })
})

describe("a copy of the sources", () => {
  const foreign = seededFaults.find(({ id }) => id === "foreign-token")
  if (foreign === undefined) throw new Error("it is gone")
  const lane = new Lane()
  afterAll(() => lane.end())

  it("notices a fault, says by what, and is as before afterwards", async () => {
    expect(await lane.try(foreign, false)).toEqual({
      _tag: "tried",
      noticedBy: [expect.stringMatching(/^vector /)],
    })
    const again = await lane.try({ ...foreign, replace: foreign.find }, false)
    expect(again).toEqual({ _tag: "void", why: "nothing is replaced" })
  })

  it("that does not load is no fault that anybody noticed", async () => {
    expect(await lane.try({ ...foreign, replace: ")" }, false)).toMatchObject({ _tag: "void" })
  })
})
