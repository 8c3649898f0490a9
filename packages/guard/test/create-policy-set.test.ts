import { policy } from "@countersign/engine"
import { describe, expect, it } from "vitest"
import {
  createGuard,
  createPolicySet,
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
})
