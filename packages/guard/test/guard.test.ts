import { createAuthority, type Issued, selfSigned } from "@countersign/pki"
import { beforeAll, describe, expect, it } from "vitest"
import type { GuardProblem, RequestFacts } from "../src/index.ts"
import { Connection, createGuard, storedSession } from "../src/index.ts"
import {
  api,
  guardOf,
  head,
  now,
  orgId,
  plain,
  policySet,
  secretToken,
  session,
  tls,
  type World,
} from "./fixture.ts"

let alice: Issued
let mallory: Issued

beforeAll(async () => {
  const authority = await createAuthority({ name: "Root" })
  alice = await authority.issue({ name: "alice" })
  mallory = await selfSigned({ name: "mallory", ca: false })
})

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const ask = (world: World, facts: Partial<RequestFacts>) =>
  guardOf(world).check({ now, connection: plain, head: head("/a"), ...facts })

const dynamic = () => ({
  apis: [api("a", { identity: { _tag: "authToken", certificate: true } })],
  sessions: [session(`${orgId}${alice.sha256}`, { certificate: alice.sha256 })],
  enrolled: [alice],
})

describe("routing", () => {
  it("denies what no policy is for", () => {
    expect(ask({ apis: [api("a")] }, { head: head("/b") })).toMatchObject({
      reason: "guard.no_policy",
      status: 404,
    })
  })

  it.each(["/a/../b", "/a%2fb", "/a//b", "/a\\b", "/a\u0000", "/a/%00", "a", "/a/%2e%2e/b"])(
    "refuses a path that can be read two ways: %j",
    (target) => {
      expect(ask({ apis: [api("a")] }, { head: head(target) })).toMatchObject({
        reason: "guard.bad_request",
        status: 400,
      })
    },
  )

  it("takes the application's word for the API, and reads the request as strictly", () => {
    const world = { apis: [api("a"), api("open", { identity: { _tag: "keyless" } })] }
    expect(ask(world, { head: head("/open"), api: "a" })).toMatchObject({
      reason: "auth.auth_field_missing",
    })
    expect(ask(world, { head: head("/x"), api: "open" })).toMatchObject({ _tag: "Allow" })
    expect(ask(world, { head: head("/x/../y"), api: "open" })).toMatchObject({
      reason: "guard.bad_request",
    })
    expect(ask(world, { head: head("/open"), api: "b" })).toMatchObject({
      reason: "guard.no_policy",
    })
  })

  it("refuses a host that is a list", () => {
    expect(ask({ apis: [api("a")] }, { head: head("/a", { host: "x,y" }) })).toMatchObject({
      reason: "guard.bad_request",
    })
  })
})

describe("tokens", () => {
  const world = { apis: [api("a")], sessions: [session(secretToken)] }

  it("lets a known token in, without a promise", () => {
    expect(ask(world, { head: head("/a", bearer(secretToken)) })).toMatchObject({
      _tag: "Allow",
      identity: { sessionBy: "token", leaf: undefined },
    })
  })

  it("names the session by a hash, never by its key", () => {
    const verdict = ask(world, { head: head("/a", bearer(secretToken)) })
    expect(JSON.stringify(verdict)).not.toContain(secretToken.slice(4))
  })

  it("finds one record under every spelling of its key", () => {
    const spellings = [secretToken, secretToken.slice(orgId.length)]
    const ids = spellings.map((token) => {
      const verdict = ask(world, { head: head("/a", bearer(token)) })
      return verdict instanceof Promise || verdict._tag === "Deny"
        ? verdict
        : verdict.identity.session
    })
    expect(ids[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(ids[1]).toBe(ids[0])
  })

  it.each(["", "ab", "unknown-token", `${orgId}${"0".repeat(64)}`])("refuses %j", (token) => {
    expect(ask(world, { head: head("/a", bearer(token)) })).toMatchObject({ _tag: "Deny" })
  })

  it("does not know a token of another organisation", () => {
    const other = { apis: [api("a")], sessions: [session(secretToken, { orgId: "other" })] }
    expect(ask(other, { head: head("/a", bearer(secretToken)) })).toMatchObject({
      reason: "auth.key_not_found",
      detail: "other_organisation",
    })
  })
})

describe("dynamic mTLS", () => {
  it("identifies the session by the certificate", () => {
    expect(ask(dynamic(), { connection: tls([alice]) })).toMatchObject({
      _tag: "Allow",
      identity: { sessionBy: "certificate", leaf: alice.sha256 },
    })
  })

  it("answers a token that anybody can compute as an unknown one, on every API", () => {
    const world = { ...dynamic(), apis: [...dynamic().apis, api("b")] }
    const computed = bearer(`${orgId}${alice.sha256}`)
    expect(ask(world, { head: head("/a", computed), connection: tls([]) })).toMatchObject({
      reason: "auth.cert_required",
    })
    expect(ask(world, { head: head("/b", computed) })).toEqual(
      expect.objectContaining({ reason: "auth.key_not_found" }),
    )
  })

  it("takes only the leaf: the victim's certificate behind it changes nothing", () => {
    expect(ask(dynamic(), { connection: tls([mallory, alice]) })).toMatchObject({
      reason: "auth.cert_mismatch",
    })
  })

  it("refuses a certificate that is not enrolled any more", () => {
    expect(ask({ ...dynamic(), enrolled: [] }, { connection: tls([alice]) })).toMatchObject({
      reason: "auth.cert_not_found",
    })
  })

  it("has no peer where the leaf cannot be read", () => {
    const broken = new Connection({
      encrypted: true,
      serverName: undefined,
      chain: [alice.der.subarray(0, -1)],
    })
    const heard: string[] = []
    const guard = guardOf(dynamic(), { onProblem: ({ code }) => heard.push(code) })
    const facts = { now, connection: broken, head: head("/a") }
    for (let i = 0; i < 2; i++) {
      expect(guard.check(facts)).toMatchObject({ reason: "auth.cert_required" })
    }
    expect(heard).toEqual(["leaf_unreadable"])
  })
})

describe("a record", () => {
  it("counts as it is now, also when it was changed in place", () => {
    const record = { ...storedSession(session(secretToken)), active: true }
    const guard = guardOf({ apis: [api("a")] }, { sessions: (keys) => keys.map(() => record) })
    const facts = { now, connection: plain, head: head("/a", bearer(secretToken)) }
    expect(guard.check(facts)).toMatchObject({ _tag: "Allow" })
    record.active = false
    expect(guard.check(facts)).toMatchObject({ reason: "auth.key_inactive" })
  })

  it.each([
    ["rights as text", { apis: "payments" }],
    ["an expiry as text", { expiresAt: "2040" }],
    ["no bindings", { bindings: undefined }],
    ["a certificate that is no digest", { certificate: "abc" }],
  ])("cannot be made with %s", (_name, wrong) => {
    expect(() => storedSession(session(secretToken, wrong as never))).toThrow(TypeError)
  })
})

it("survives a listener whose promise is rejected", async () => {
  const guard = guardOf(dynamic(), { onDecision: () => Promise.reject(new Error("late")) as never })
  expect(guard.check({ now, connection: plain, head: head("/a") })).toMatchObject({ _tag: "Deny" })
  await Promise.resolve()
})

it("obliges to remove the token from where it stood when it was read", async () => {
  const gate = withResolvers()
  const guard = guardOf(
    { apis: [api("a", { stripAuthorizationData: true })] },
    {
      sessions: async (keys) => {
        await gate.promise
        return keys.map(() => storedSession(session(secretToken)))
      },
    },
  )
  const pending = guard.check({ now, connection: plain, head: head("/a", bearer(secretToken)) })
  guard.replace({ policies: policySet([]) })
  gate.resolve(undefined)
  const verdict = await pending
  expect(verdict).toMatchObject({ _tag: "Allow", obligations: ["strip_authorization_data"] })
  expect(guard.tokenOf(verdict)).toMatchObject({ header: "authorization" })
})

describe("binding", () => {
  const world = () => ({
    apis: [api("a")],
    sessions: [session(secretToken, { bindings: [alice.sha256] })],
    enrolled: [alice],
  })
  const stolen = head("/a", bearer(secretToken))

  it("lets a bound token in with its certificate", () => {
    expect(ask(world(), { head: stolen, connection: tls([alice]) })).toMatchObject({
      _tag: "Allow",
      identity: { leaf: alice.sha256, leafBy: "binding" },
    })
  })

  it("refuses it with another certificate, without one, and without TLS", () => {
    for (const connection of [tls([mallory]), tls([mallory, alice]), tls([]), plain]) {
      expect(ask(world(), { head: stolen, connection })).toMatchObject({
        reason: "auth.cert_mismatch",
      })
    }
  })
})

describe("host and server name", () => {
  it("refuses a certificate that was presented to another host's policies", () => {
    const world: World = {
      apis: [api("a", { identity: { _tag: "authToken", certificate: true } }), api("b")],
      hosts: { a: "a.example", b: "b.example" },
      sessions: [session(`${orgId}${alice.sha256}`, { certificate: alice.sha256 })],
      enrolled: [alice],
    }
    const request = { head: head("/a", { host: "a.example" }) }
    expect(ask(world, { ...request, connection: tls([alice], "b.example") })).toMatchObject({
      reason: "mtls.misdirected",
      status: 421,
    })
    expect(ask(world, { ...request, connection: tls([alice], "A.Example.") })).toMatchObject({
      _tag: "Allow",
    })
  })
})

describe("stores", () => {
  const facts = { now, connection: plain, head: head("/a", bearer(secretToken)) }
  const world = { apis: [api("a")] }

  it("asks once, and waits where it must", async () => {
    let asked = 0
    const guard = guardOf(world, {
      sessions: async (keys) => {
        asked++
        return keys.map((key) => (key === secretToken ? storedSession(session(key)) : undefined))
      },
    })
    const verdict = guard.check(facts)
    expect(verdict).toBeInstanceOf(Promise)
    expect(await verdict).toMatchObject({ _tag: "Allow" })
    expect(asked).toBe(1)
  })

  it.each([
    [
      "throws",
      () => {
        throw new Error("down")
      },
    ],
    ["rejects", () => Promise.reject(new Error("down"))],
    ["answers too little", () => []],
    ["answers nothing", () => undefined],
    ["answers a promise of nothing", () => Promise.resolve(null)],
  ])("is unavailable when a store %s", async (_name, sessions) => {
    const problems: unknown[] = []
    const guard = guardOf(world, {
      sessions: sessions as never,
      onProblem: (problem) => {
        problems.push(problem.code)
        throw new Error("a listener's fault changes nothing")
      },
    })
    expect(await guard.check(facts)).toMatchObject({ reason: "guard.unavailable", status: 503 })
    expect(problems).toEqual(["store_failed"])
  })

  it("is unavailable when a store does not answer in time", async () => {
    const problems: unknown[] = []
    const guard = guardOf(world, {
      sessions: () => new Promise(() => {}),
      storeDeadline: 5,
      onProblem: ({ cause }) => problems.push(String(cause)),
    })
    expect(await guard.check(facts)).toMatchObject({ reason: "guard.unavailable" })
    expect(problems).toEqual(["Error: no answer within 5 ms"])
  })

  it("does not ask where static mTLS refuses anyway", () => {
    const guard = guardOf(
      { apis: [api("a", { staticMtls: { leaves: [], anchors: [] } })] },
      {
        sessions: () => {
          throw new Error("asked")
        },
      },
    )
    expect(guard.check({ ...facts, connection: tls([alice]) })).toMatchObject({
      reason: "mtls.cert_not_allowed",
    })
  })

  it("never reads a certificate that nothing could accept", () => {
    const connection = tls([mallory])
    const guard = guardOf({
      apis: [api("a", { staticMtls: { leaves: [alice.sha256], anchors: [] } })],
    })
    Object.defineProperty(connection, "certificate", {
      get: () => {
        throw new Error("read")
      },
    })
    expect(guard.check({ ...facts, connection })).toMatchObject({ reason: "mtls.cert_not_allowed" })
  })
})

it("decides a request under the policies it began with", async () => {
  const gate = withResolvers()
  const guard = guardOf(
    { apis: [api("a")] },
    {
      sessions: async (keys) => {
        await gate.promise
        return keys.map(() => storedSession(session(secretToken)))
      },
    },
  )
  const facts = { now, connection: plain, head: head("/a", bearer(secretToken)) }
  const early = guard.check(facts)
  guard.replace({ policies: policySet([]) })
  gate.resolve(undefined)
  expect(await early).toMatchObject({ _tag: "Allow" })
  expect(guard.check(facts)).toMatchObject({ reason: "guard.no_policy" })
})

it("cannot be made, or replaced, without what every request needs", () => {
  const guard = guardOf(dynamic())
  expect(() => createGuard({} as never)).toThrow("guard.policies is missing")
  expect(() => guard.replace({ sessions: undefined as never })).toThrow("guard.sessions must be")
  expect(guard.generation()).toBe(0)
  expect(guard.check({ now, connection: tls([alice]), head: head("/a") })).toMatchObject({
    _tag: "Allow",
  })
})

describe("a fault of our own", () => {
  const heard: unknown[] = []
  const noticing = { onProblem: ({ code, cause }: GuardProblem) => heard.push([code, cause]) }
  const broken = new Error("broken")
  const throws = (): never => {
    throw broken
  }

  it("denies and is reported where a request cannot be read", () => {
    heard.length = 0
    const unreadable = { ...head("/a"), header: throws }
    const guard = guardOf({ apis: [api("a")] }, noticing)
    const facts = { now, connection: plain, head: unreadable }
    expect(guard.check(facts)).toMatchObject({ reason: "guard.fault", status: 500 })
    expect(heard).toEqual([["fault", broken]])
    expect(guardOf({ apis: [api("a")] }).check(facts)).toMatchObject({ reason: "guard.fault" })
  })

  it("denies and is reported where a record cannot be read", () => {
    heard.length = 0
    const record = Object.defineProperty({ ...storedSession(session("key")) }, "id", {
      get: throws,
    })
    const guard = guardOf(
      { apis: [api("a")] },
      { ...noticing, sessions: (keys) => keys.map(() => record) },
    )
    expect(
      guard.check({ now, connection: plain, head: head("/a", bearer("token")) }),
    ).toMatchObject({ reason: "guard.fault" })
    expect(heard).toEqual([["fault", broken]])
  })

  it("names no session: one verdict stands for every request", () => {
    const record = { ...storedSession(session("key")), apis: 5 as never }
    const guard = guardOf({ apis: [api("a")] }, { sessions: (keys) => keys.map(() => record) })
    const verdict = guard.check({ now, connection: plain, head: head("/a", bearer("token")) })
    if (verdict instanceof Promise || verdict._tag === "Allow") throw new Error("it was let in")
    expect(verdict.reason).toBe("guard.fault")
    expect(guard.sessionOf(verdict)).toBeUndefined()
  })
})

it("reports why a leaf cannot be read, at the first request that asks", () => {
  const heard: GuardProblem[] = []
  const chain = [alice.der.subarray(0, -1)]
  const connection = new Connection({ encrypted: true, serverName: undefined, chain })
  const guard = guardOf(dynamic(), { onProblem: (problem) => heard.push(problem) })
  guard.check({ now, connection: tls([alice]), head: head("/a") })
  expect(heard).toEqual([])
  guard.check({ now, connection, head: head("/a") })
  expect(heard).toEqual([
    { code: "leaf_unreadable", cause: expect.stringMatching(/., at byte \d+$/) },
  ])
})

it("says which API a request is routed to", () => {
  const guard = guardOf({ apis: [api("a")] })
  expect(guard.apiOf(head("/a/x"))?.policy.apiId).toBe("a")
  expect(guard.apiOf(head("/b"))).toBeUndefined()
  expect(guard.apiOf(head("/a/../b"))).toBeUndefined()
  expect(guard.apiOf({ ...head("*"), method: "OPTIONS" })).toBeUndefined()
})

it("has nothing to remove where nothing obliges to", () => {
  const sessions = [session(secretToken)]
  const tokenOf = (stripAuthorizationData: boolean) => {
    const guard = guardOf({ apis: [api("a", { stripAuthorizationData })], sessions })
    const verdict = guard.check({ now, connection: plain, head: head("/a", bearer(secretToken)) })
    if (verdict instanceof Promise) throw new Error("a promise")
    return guard.tokenOf(verdict)
  }
  expect(tokenOf(true)).toMatchObject({ header: "authorization" })
  expect(tokenOf(false)).toBe("none")
})

it("explains a request that reached no policy by its verdict alone", () => {
  const guard = guardOf(dynamic())
  const facts = { now, connection: plain, head: head("/b") }
  expect(guard.explain(facts)).toStrictEqual({
    verdict: guard.check(facts),
    steps: [],
    because: undefined,
    change: undefined,
  })
  expect(guard.check(facts)).toStrictEqual({
    _tag: "Deny",
    reason: "guard.no_policy",
    detail: undefined,
    status: 404,
    message: "Not Found",
  })
})

it("takes no token where an API takes none, and asks for nothing", () => {
  const open = api("a", { identity: { _tag: "keyless" } })
  const guard = guardOf({ apis: [open] })
  const unreadable = { ...head("/a"), header: () => "x".repeat(9) }
  expect(guard.check({ now, connection: plain, head: unreadable })).toMatchObject({ _tag: "Allow" })
})

it("explains as it checks", () => {
  const guard = guardOf(dynamic())
  for (const connection of [plain, tls([]), tls([alice]), tls([mallory])]) {
    const facts = { now, connection, head: head("/a") }
    expect(guard.explain(facts)).toMatchObject({ verdict: guard.check(facts) })
  }
})

function withResolvers() {
  let resolve: (value: unknown) => void = () => {}
  const promise = new Promise((done) => {
    resolve = done
  })
  return { promise, resolve }
}
