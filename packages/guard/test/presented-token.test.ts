import { describe, expect, it } from "vitest"
import { Connection } from "../src/index.ts"
import { noToken, PresentedToken } from "../src/presented-token.ts"

const keys = { hashKeyFunction: "", minTokenLength: 0 }
const hashed = { hashKeyFunction: "sha256", minTokenLength: 0 }

describe("a presented token", () => {
  it("may stand for the keys that its text spells, in each organisation its own", () => {
    const token = new PresentedToken("Bearer abcdef")
    expect(token.isPresented).toBe(true)
    expect(token.spellings("acme", keys)).toEqual(["acmeabcdef", "abcdef"])
    expect(token.spellings("other", keys)).toEqual(["otherabcdef", "abcdef"])
    expect(token.spellings("acme", keys)).toEqual(["acmeabcdef", "abcdef"])
    expect(token.spellings("acme", hashed)).not.toEqual(token.spellings("acme", keys))
  })

  it("is spelt once as long as one organisation asks", () => {
    const token = new PresentedToken("Bearer abcdef")
    const first = token.spellings("acme", keys)
    expect(token.spellings("acme", keys)).toBe(first)
    expect(token.spellings("acme", { ...keys })).not.toBe(first)
  })

  it("stands for no key where it is too short, or no token", () => {
    expect(new PresentedToken("ab").spellings("acme", keys)).toEqual([])
    expect(new PresentedToken("ab").isPresented).toBe(true)
    for (const token of [noToken, new PresentedToken("ab\u0000cd")]) {
      expect(token.isPresented).toBe(false)
      expect(token.spellings("acme", keys)).toEqual([])
    }
  })

  it("is read anew by a connection when another is presented", () => {
    const connection = new Connection({ encrypted: false, serverName: undefined, chain: [] })
    const first = connection.presentedToken("Bearer first")
    expect(connection.presentedToken("Bearer first")).toBe(first)
    const second = connection.presentedToken("Bearer second")
    expect(second.spellings("", keys)).toEqual(["second"])
    expect(connection.presentedToken("Bearer first").spellings("", keys)).toEqual(["first"])
  })

  it("is not shown where a connection is printed", async () => {
    const { inspect } = await import("node:util")
    const connection = new Connection({ encrypted: false, serverName: undefined, chain: [] })
    connection.presentedToken("Bearer secret-of-alice").spellings("acme", keys)
    expect(inspect(connection, { depth: 9, showHidden: true })).not.toContain("secret-of-alice")
    expect(JSON.stringify(connection)).not.toContain("secret-of-alice")
  })
})
