import type { Mechanism, Policy } from "./policy.ts"
import type { Request } from "./request.ts"
import { admit } from "./rules/admit.ts"
import { bind } from "./rules/bind.ts"
import { check } from "./rules/check.ts"
import { type Caller, identify } from "./rules/identify.ts"
import { fault, Refusal } from "./rules/refusal.ts"
import { wholeSeconds } from "./rules/time.ts"
import { holds, type Trace } from "./rules/trace.ts"
import type { LeafRule } from "./verdict.ts"

/**
 * The decision: admit the connection, then identify the caller, bind the token to the certificate,
 * check the session. The first refusal wins. Throws only on data of the wrong shape.
 */
export function judge(
  policy: Policy,
  request: Request,
  trace: Trace | undefined,
): Caller | Refusal {
  const now = wholeSeconds(request.now)
  const admitted = admit(policy, request, now, trace)
  if (admitted instanceof Refusal) return admitted
  const { identity } = policy
  if (identity._tag === "keyless") return newCaller(admitted)
  if (identity._tag !== "alternatives") {
    const caller = newCaller(admitted)
    return authenticate(policy, identity, request, now, caller, trace) ?? caller
  }
  let last: Refusal = fault
  for (const group of identity.groups) {
    const outcome = throughGroup(policy, group, request, now, newCaller(admitted), trace)
    const allowed = !(outcome instanceof Refusal)
    if (holds(trace, "alternatives.group", allowed)) return outcome
    if (!allowed) last = outcome
  }
  return last
}

function throughGroup(
  policy: Policy,
  group: readonly Mechanism[],
  request: Request,
  now: number,
  caller: Caller,
  trace: Trace | undefined,
): Caller | Refusal {
  if (group.length === 0) return fault
  for (const mechanism of group) {
    const refusal = authenticate(policy, mechanism, request, now, caller, trace)
    if (refusal !== undefined) return refusal
  }
  return caller
}

function authenticate(
  policy: Policy,
  mechanism: Mechanism,
  request: Request,
  now: number,
  caller: Caller,
  trace: Trace | undefined,
): Refusal | undefined {
  const unidentified = identify(policy, mechanism, request, now, caller, trace)
  if (unidentified !== undefined) return unidentified
  const { session } = caller
  if (session === undefined) return fault
  return (
    bind(policy, mechanism, request, now, caller, session, trace) ??
    check(policy, now, session, trace)
  )
}

function newCaller(leafBy: LeafRule | undefined): Caller {
  return { session: undefined, sessionBy: undefined, leafBy }
}
