import { policy } from "@countersign/engine"
import { describe, expect, it } from "vitest"
import {
  createGuard,
  createPolicySet,
  createTrust,
  memoryCertificates,
  memorySessions,
  storedSession,
} from "../src/index.ts"
import { api, head, now, plain, secretToken, session } from "./fixture.ts"

describe("createPolicySet", () => {
  it("serves APIs by host and path, from plain data or compiled", () => {
    const guard = createGuard({
      policies: createPolicySet([
        { policy: api("a"), path: "/a" },
        { policy: policy(api("b")), path: "/", host: "b.example" },
      ]),
      sessions: memorySessions(new Map([[secretToken, storedSession(session(secretToken))]])),
      certificates: memoryCertificates(new Set()),
    })
    const ask = (target: string, host: string) => {
      const request = head(target, { host, authorization: `Bearer ${secretToken}` })
      return guard.check({ now, connection: plain, head: request })
    }
    expect(ask("/a/x", "any.example")).toMatchObject({ _tag: "Allow" })
    expect(ask("/x", "b.example")).toMatchObject({ _tag: "Allow" })
    expect(ask("/x", "any.example")).toMatchObject({ reason: "guard.no_policy" })
  })

  it("takes no token where an API is keyless", () => {
    const set = createPolicySet([
      { policy: api("a", { identity: { _tag: "keyless" } }), path: "/a" },
    ])
    expect(set.apis.get("a")?.token).toBe("none")
  })

  it.each([
    [
      "one id twice",
      [
        { policy: api("a"), path: "/a" },
        { policy: api("a"), path: "/b" },
      ],
      "one apiId",
    ],
    [
      "one path twice",
      [
        { policy: api("a"), path: "/a" },
        { policy: api("b"), path: "/a" },
      ],
      "are both at",
    ],
    ["a path without a slash", [{ policy: api("a"), path: "a" }], "slash"],
  ])("refuses %s", (_name, apis, message) => {
    expect(() => createPolicySet(apis)).toThrow(message)
  })

  it("names every path that cannot be served", () => {
    const apis = [
      { policy: api("a"), path: "a" },
      { policy: api("b"), path: "b" },
    ]
    expect(() => createPolicySet(apis)).toThrow(/^[^;]+; [^;]+$/)
  })

  it("takes the tokens themselves for store keys, unless it is told otherwise", () => {
    expect(createPolicySet([]).keys).toStrictEqual({ hashKeyFunction: "", minTokenLength: 0 })
    const keys = { hashKeyFunction: "sha256", fallback: [""] }
    expect(createPolicySet([], { keys }).keys).toStrictEqual({ ...keys, minTokenLength: 0 })
  })

  it("gives an API what its clients may chain to, and nothing where it was not told", () => {
    const trust = createTrust({ anchors: [] })
    const set = createPolicySet([
      { policy: api("a"), path: "/a", trust },
      { policy: api("b"), path: "/b" },
    ])
    expect(set.apis.get("a")?.trust).toBe(trust)
    expect(set.apis.get("b")).not.toHaveProperty("trust")
  })
})
