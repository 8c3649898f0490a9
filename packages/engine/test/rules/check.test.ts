import { describe, expect, it } from "vitest"
import type { SessionInput } from "../../src/index.ts"
import { answer, now, second, sessionOf, token, tokenOf } from "../support/given.ts"

function checked(parts: Partial<SessionInput>, instant: number = now): string {
  return answer({ identity: token }, { now: instant, authToken: tokenOf(sessionOf(parts)) })
}

describe("a session", () => {
  const rows: readonly (readonly [string, Partial<SessionInput>, string])[] = [
    ["with every right works", {}, "allow token:s1"],
    ["must be active", { active: false }, "auth.key_inactive"],
    ["must be active before it is in time", { active: false, expiresAt: 0 }, "auth.key_inactive"],
    ["must be in time", { expiresAt: now - second }, "auth.key_expired"],
    ["must be in time before its rights", { expiresAt: 0, apis: [] }, "auth.key_expired"],
    ["needs the right to this API", { apis: ["invoices"] }, "auth.access_denied"],
    ["needs a right at all", { apis: [] }, "auth.access_denied"],
    [
      "needs the API itself, not a part of its name",
      { apis: ["order", "ordersx"] },
      "auth.access_denied",
    ],
    ["works with the right among others", { apis: ["invoices", "orders"] }, "allow token:s1"],
  ]
  it.each(rows)("%s", (_, parts, expected) => {
    expect(checked(parts)).toBe(expected)
  })

  const instants: readonly (readonly [number, string])[] = [
    [now - second, "allow token:s1"],
    [now - 1, "allow token:s1"],
    [now, "allow token:s1"],
    [now + 999, "allow token:s1"],
    [now + second, "auth.key_expired"],
  ]
  it.each(instants)("expires after its last second: %d", (instant, expected) => {
    expect(checked({ expiresAt: now }, instant)).toBe(expected)
  })

  it("that never expires works at any instant", () => {
    expect(checked({ expiresAt: "never" }, 8.64e15)).toBe("allow token:s1")
  })
})
