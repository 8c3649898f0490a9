import { createAuthority, type Issued } from "@countersign/pki"
import { beforeAll, describe, expect, it } from "vitest"
import { EvidenceCache } from "../src/evidence/evidence.ts"
import { createPolicySet, createTrust } from "../src/index.ts"
import { evidenceOf, prepare } from "../src/prepare.ts"
import { api, head, now, plain, policySet, tls } from "./fixture.ts"

let root: Issued
let alice: Issued

beforeAll(async () => {
  const authority = await createAuthority({ name: "Root" })
  root = authority
  alice = await authority.issue({ name: "alice" })
})

describe("a token", () => {
  const presented = (input: ReturnType<typeof api>, headers: Record<string, string>) => {
    const facts = { now, connection: plain, head: head("/a", headers) }
    const prepared = prepare(policySet([input]), new EvidenceCache(), true, facts)
    return typeof prepared === "string" ? prepared : prepared.tokenPresented
  }

  it("is presented where the API looks for one", () => {
    expect(presented(api("a"), { authorization: "secret" })).toBe(true)
    expect(presented(api("a"), { authorization: "" })).toBe(false)
    expect(presented(api("a"), {})).toBe(false)
  })

  it("is never presented to an API that takes none", () => {
    const open = api("a", { identity: { _tag: "keyless" } })
    expect(presented(open, { authorization: "secret" })).toBe(false)
  })
})

describe("a chain", () => {
  /** How many chains were examined for one request. */
  function examined(
    rule: Parameters<typeof api>[1],
    chain: readonly Issued[] = [alice],
    isTrusting = true,
  ): number {
    const trust = createTrust({ anchors: [root.der] })
    const options = { policy: api("a", rule), path: "/a" }
    const set = createPolicySet([isTrusting ? { ...options, trust } : options])
    const one = set.apis.get("a")
    if (one === undefined) throw new Error("no API")
    const cache = new EvidenceCache()
    const evidence = evidenceOf(one, cache, tls(chain), now)
    expect(evidence.paths).toHaveLength(cache.count)
    return cache.count
  }

  it("is examined for the authorities of an allow list", () => {
    expect(examined({ staticMtls: { leaves: [], anchors: [root.sha256] } })).toBe(1)
  })

  it("is not examined where nothing could come of it", () => {
    const anchored = { staticMtls: { leaves: [], anchors: [root.sha256] } }
    expect(examined({})).toBe(0)
    expect(examined({ staticMtls: { leaves: [], anchors: [] } })).toBe(0)
    expect(examined(anchored, [])).toBe(0)
    expect(examined(anchored, [alice], false)).toBe(0)
  })

  it("of a listed leaf is examined only where it may be revoked", () => {
    const listed = { staticMtls: { leaves: [alice.sha256], anchors: [root.sha256] } }
    expect(examined({ ...listed, revocation: "off" })).toBe(0)
    expect(examined({ ...listed, revocation: "soft" })).toBe(1)
    expect(examined({ ...listed, revocation: "hard" })).toBe(1)
  })
})
