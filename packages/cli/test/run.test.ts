import { describe, expect, it } from "vitest"
import { ran } from "./terminal.ts"

describe("the command line", () => {
  it.each([[[]], [["demo"]], [["serve"]], [["explain"]], [["check"]]])(
    "helps with examples: %j",
    async (command) => {
      const { code, out, err } = await ran([...command, "--help"])
      expect(code).toBe(0)
      expect(err).toBe("")
      expect(out).toContain("Examples:\n  countersign ")
      expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100)
    },
  )

  it("prints its version", async () => {
    expect(await ran(["--version"])).toMatchObject({ code: 0, err: "" })
    expect((await ran(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  it.each([
    [["check"], "required option '--config <path>' not specified"],
    [["check", "--config", ""], "name a folder or a file"],
    [["conjure"], "unknown command 'conjure'"],
    [["demo", "--fast"], "unknown option '--fast'"],
    [["serve", "--config", "x", "--port", "99999"], "write a number from 0 to 65535"],
    [["serve", "--config", "x", "--port", "http"], "write a number from 0 to 65535"],
    [
      ["explain", "--config", "x", "--api", "a", "--token", "t", "--token-file", "f"],
      "cannot be used with option",
    ],
  ])("says in one line what is wrong with %j", async (args, message) => {
    const { code, err } = await ran(args)
    expect(code).toBe(2)
    expect(err).toMatch(/^countersign: [^\n]+\n$/)
    expect(err).toContain(message)
  })

  it("shows what it can do when it is asked for nothing", async () => {
    const { code, err } = await ran([])
    expect(code).toBe(2)
    expect(err).toContain("Usage: countersign")
  })
})
