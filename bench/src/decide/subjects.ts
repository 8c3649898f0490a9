import { decide, type Policy, type Request, type Verdict } from "@countersign/engine"
import { type FloorRequest, type FloorVerdict, floor } from "../floor.ts"
import type { Subject } from "../measure/interleave.ts"
import type { DecisionCase } from "./cases.ts"
import { apiId, digest, now } from "./world.ts"

/** What was decided last: a result that nobody can see would not have to be made. */
export const kept: { verdict: Verdict | FloorVerdict | undefined } = { verdict: undefined }

/** Runs `decide` over the different requests of a case, in turn. */
export function decisionSubject({ name, policy, requests }: DecisionCase): Subject {
  let next = 0
  return {
    name,
    run: (calls) => {
      next = decideInTurn(policy, requests, next, calls)
    },
  }
}

function decideInTurn(
  policy: Policy,
  requests: readonly Request[],
  from: number,
  calls: number,
): number {
  let next = from
  for (let call = 0; call < calls; call++) {
    const request = requests[next]
    if (request !== undefined) kept.verdict = decide(policy, request)
    next = next + 1 < requests.length ? next + 1 : 0
  }
  return next
}

/** Runs the floor over as many different requests as a case has. */
export function floorSubject(name = "floor"): Subject {
  const allowed = new Set(Array.from({ length: 10 }, (_, i) => digest(i)))
  const apis = new Set(["invoices", apiId, "stock"])
  const requests = Array.from({ length: 64 }, (_, i) => ({
    leaf: digest(i % 10),
    api: apiId,
    now,
    expiresAt: now + 1000 * (i + 1),
    session: digest(`session ${i}`),
  }))
  let next = 0
  return {
    name,
    run: (calls) => {
      next = floorInTurn(allowed, apis, requests, next, calls)
    },
  }
}

function floorInTurn(
  allowed: ReadonlySet<string>,
  apis: ReadonlySet<string>,
  requests: readonly FloorRequest[],
  from: number,
  calls: number,
): number {
  let next = from
  for (let call = 0; call < calls; call++) {
    const request = requests[next]
    if (request !== undefined) kept.verdict = floor(allowed, apis, request)
    next = next + 1 < requests.length ? next + 1 : 0
  }
  return next
}
