import { describe, expect, it } from "vitest"
import { brokenShells } from "../src/laws/broken/shells.ts"
import { shell, shellLaws } from "../src/laws/shell/index.ts"

describe("guard, config and answers keep every law of theirs, none of them in vain", () => {
  it.each(shellLaws.map((law) => [law.sentence, law] as const))("%s", async (_, law) => {
    const result = await law.check(shell, { runs: 50 })
    if (result._tag === "broken") throw new Error(JSON.stringify(result, null, 1))
    expect(result.reached, `seed ${result.seed}`).toBeGreaterThan(0)
  })
})

describe("a fault around the decision is caught by its law", () => {
  it.each(brokenShells.map((fault) => [fault.what, fault] as const))("%s", async (_, fault) => {
    const law = shellLaws.find(({ id }) => id === fault.caughtBy)
    const result = await law?.check(fault.shell, { runs: 300, seed: 3 })
    expect(result?._tag).toBe("broken")
  })

  it("and every law catches one", () => {
    const catching = new Set(brokenShells.map(({ caughtBy }) => caughtBy))
    expect(shellLaws.filter(({ id }) => !catching.has(id)).map(({ id }) => id)).toEqual([])
  })
})
