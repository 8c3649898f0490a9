import { decide } from "@countersign/engine"
import { expect, it } from "vitest"
import type { Decision } from "../src/index.ts"
import { api, guardOf, head, now, plain, secretToken, session } from "./fixture.ts"

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
