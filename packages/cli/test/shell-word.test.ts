import { execFileSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import { shellWord } from "../src/shell-word.ts"

describe("a word of a command to copy", () => {
  const words = [
    "https://127.0.0.1:8443/orders/",
    "x-key: TOKEN",
    "x'; touch /tmp/pwned; '",
    "$(id)",
    "`id`",
    "a\\",
    '"',
    "~",
    "*",
    "!!",
    "",
    "größe",
  ]

  it("reaches the program as it was meant", () => {
    const command = `printf '%s\\n' ${words.map(shellWord).join(" ")}`
    const echoed = execFileSync("sh", ["-c", command], { encoding: "utf8" })
    expect(echoed).toBe(words.map((word) => `${word}\n`).join(""))
  })

  it("is quoted only where it must be", () => {
    expect(shellWord("https://127.0.0.1:8443/orders/")).toBe("https://127.0.0.1:8443/orders/")
  })
})
