import { describe, expect, it } from "vitest"
import { endingCleanly } from "../src/run/ending-cleanly.ts"
import { ran, temporaryFolder } from "./run-terminal.ts"

const folder = temporaryFolder()
const handled = (): number => process.listenerCount("SIGINT") + process.listenerCount("SIGTERM")
const before = handled()

describe("a signal", () => {
  it("is handled while there is something to remove, and then no more", async () => {
    expect(await endingCleanly(async () => handled() - before)).toBe(2)
    expect(handled()).toBe(before)
    await expect(endingCleanly(() => Promise.reject(new Error("no")))).rejects.toThrow("no")
    expect(handled()).toBe(before)
  })

  it("ends a module that blocks: no handler waits for its turn while one is asked", async () => {
    const file = folder.write(
      "counting.mjs",
      `export function decide() {
         const handled = process.listenerCount("SIGINT") + process.listenerCount("SIGTERM")
         throw new Error("handled by " + handled)
       }`,
    )
    const args = ["--module", file, "--only", "laws", "--filter", "a-token-alone", "--runs", "1"]
    expect((await ran(args)).out).toContain(`handled by ${before}`)
  })
})
