import { decide, fingerprint } from "@countersign/engine"
import { createAuthority } from "@countersign/pki"
import { expect, it } from "vitest"
import { expiryWithin, sessionOf } from "../src/decision.ts"
import type { Connection, Decision } from "../src/index.ts"
import { api, guardOf, head, now, plain, policySet, secretToken, session, tls } from "./fixture.ts"

const world = { apis: [api("a")], sessions: [session(secretToken)] }
const bearer = { authorization: `Bearer ${secretToken}` }

it("tells a listener every verdict with what it was made from", () => {
  const heard: Decision[] = []
  const guard = guardOf(world, { onDecision: (decision) => heard.push(decision) })
  const facts = { now, connection: plain, head: head("/a", bearer) }
  const verdict = guard.check(facts)
  expect(heard).toHaveLength(1)
  expect(heard[0]?.facts).toBe(facts)
  expect(heard[0]?.verdict).toBe(verdict)
  const judged = heard[0]?.judged
  expect(judged && decide(judged.policy, judged.request)).toEqual(verdict)
})

it("tells a listener of a request that reached no policy", () => {
  const heard: Decision[] = []
  const guard = guardOf(world, { onDecision: (decision) => heard.push(decision) })
  guard.check({ now, connection: plain, head: head("/b", bearer) })
  guard.check({ now, connection: plain, head: head("/a/../b", bearer) })
  expect(heard.map(({ verdict, judged }) => [verdict, judged])).toMatchObject([
    [{ reason: "guard.no_policy" }, undefined],
    [{ reason: "guard.bad_request" }, undefined],
  ])
})

it("keeps its verdict when a listener throws", () => {
  const guard = guardOf(world, {
    onDecision: () => {
      throw new Error("listener")
    },
  })
  const ask = (headers: Readonly<Record<string, string>>) =>
    guard.check({ now, connection: plain, head: head("/a", headers) })
  expect(ask(bearer)).toMatchObject({ _tag: "Allow" })
  expect(ask({})).toMatchObject({ _tag: "Deny", reason: "auth.auth_field_missing" })
})

it("is silent about explanations, which decide nothing", () => {
  const heard: Decision[] = []
  const guard = guardOf(world, { onDecision: (decision) => heard.push(decision) })
  guard.explain({ now, connection: plain, head: head("/a", bearer) })
  expect(heard).toEqual([])
})

it("tells what operators count: API, session, leaf, generation, time, and a certificate about to end", async () => {
  const root = await createAuthority({ name: "Root" })
  const validity = { notBefore: now - 1000, notAfter: now + 86_400_000 * 10 }
  const leaf = await root.issue({ name: "leaf", validity })
  const heard: Decision[] = []
  const bound = session(secretToken, { bindings: [leaf.sha256] })
  const guard = guardOf(
    { apis: [api("a")], sessions: [bound], enrolled: [leaf] },
    { onDecision: (decision) => heard.push(decision) },
  )
  const ask = (connection: Connection) => guard.check({ now, connection, head: head("/a", bearer) })
  guard.replace({})
  const allowed = ask(tls([leaf]))
  const denied = ask(tls([]))
  const [first, second] = heard
  expect(first).toMatchObject({
    verdict: allowed,
    api: "a",
    leaf: leaf.sha256,
    generation: 1,
    expiringAt: validity.notAfter,
  })
  expect(first?.nanoseconds).toBeGreaterThanOrEqual(0)
  expect(second).toMatchObject({ verdict: denied, leaf: undefined, expiringAt: undefined })
  expect(second?.session).toBe(first?.session)
  expect(first?.session).toMatch(/^[0-9a-f]{64}$/)
  if (denied instanceof Promise || denied._tag === "Allow") throw new Error("it was let in")
  expect(guard.sessionOf(denied)).toBe(first?.session)
})

it("warns only as many days ahead as it is told", async () => {
  const root = await createAuthority({ name: "Root" })
  const validity = { notBefore: now - 1000, notAfter: now + 86_400_000 * 10 }
  const leaf = await root.issue({ name: "leaf", validity })
  const heard: (number | undefined)[] = []
  const dynamic = api("a", { identity: { _tag: "authToken", certificate: true } })
  const guard = guardOf(
    { apis: [dynamic] },
    { expiryWarningDays: 9, onDecision: ({ expiringAt }) => heard.push(expiringAt) },
  )
  for (const at of [now, now + 86_400_000, validity.notAfter, validity.notAfter + 1000]) {
    guard.check({ now: at, connection: tls([leaf]), head: head("/a") })
  }
  expect(heard).toEqual([undefined, validity.notAfter, validity.notAfter, undefined])
})

it("names the API also where its store fails", () => {
  const heard: (string | undefined)[] = []
  const guard = guardOf(world, {
    sessions: () => {
      throw new Error("down")
    },
    onDecision: (decision) => heard.push(decision.api),
  })
  guard.check({ now, connection: plain, head: head("/a", bearer) })
  expect(heard).toEqual(["a"])
})

it("tells how long it took, in nanoseconds", () => {
  const heard: number[] = []
  const guard = guardOf(world, { onDecision: ({ nanoseconds }) => heard.push(nanoseconds) })
  const began = performance.now()
  guard.check({ now, connection: plain, head: head("/a", bearer) })
  const passed = (performance.now() - began) * 1e6
  expect(heard[0]).toBeGreaterThan(100)
  expect(heard[0]).toBeLessThanOrEqual(passed)
})

it("tells nothing to judge where a store fails, or an API goes by another name than its policy", () => {
  const heard: Decision[] = []
  const failing = guardOf(world, {
    sessions: () => {
      throw new Error("down")
    },
    onDecision: (decision) => heard.push(decision),
  })
  failing.check({ now, connection: plain, head: head("/a", bearer) })
  const set = policySet(world.apis)
  const apis = new Map([...set.apis.values()].map((one) => ["other", one]))
  const renamed = guardOf(world, {
    policies: { ...set, apis },
    onDecision: (decision) => heard.push(decision),
  })
  const facts = { now, connection: plain, head: head("/a", bearer), api: "other" }
  expect(renamed.check(facts)).toMatchObject({ _tag: "Allow" })
  expect(heard.map(({ judged }) => judged)).toEqual([undefined, undefined])
})

it("names the token's session, or else the certificate's", () => {
  const one = { credentials: { authToken: "none", jwt: "none" } } as const
  const request = { now, hostAgrees: true, connection: { _tag: "plain" }, ...one } as const
  expect(sessionOf(request)).toBeUndefined()
  const credentials = { authToken: { confirmation: "none" }, jwt: "none" } as const
  expect(sessionOf({ ...request, credentials })).toBeUndefined()
})

it("does not know when a leaf ends that no rule read", () => {
  const request = {
    now,
    hostAgrees: true,
    credentials: { authToken: "none", jwt: "none" },
  } as const
  const leaf = { sha256: fingerprint("ab".repeat(32)) }
  const peer = { leaf, revoked: false, paths: [] }
  expect(expiryWithin({ ...request, connection: { _tag: "tls", peer } }, 30)).toBeUndefined()
  const connection = { _tag: "tls", peer: "none" } as const
  expect(expiryWithin({ ...request, connection }, 30)).toBeUndefined()
})

it("reads no clock where nobody listens", () => {
  const read = performance.now
  let count = 0
  performance.now = () => {
    count += 1
    return read.call(performance)
  }
  try {
    const facts = { now, connection: plain, head: head("/a", bearer) }
    expect(guardOf(world).check(facts)).toMatchObject({ _tag: "Allow" })
    expect(count).toBe(0)
    guardOf(world, { onDecision: () => {} }).check(facts)
    expect(count).toBe(2)
  } finally {
    performance.now = read
  }
})
