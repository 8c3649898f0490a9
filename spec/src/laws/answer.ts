import type { Deny, PolicyInput, Request, Verdict } from "@countersign/engine"
import type { Subject } from "../subject.ts"
import { policyInputOf, requestOf } from "../vectors/concretise-case.ts"
import type { DecisionCase } from "../vectors/decision-case.ts"

/**
 * What a subject says of a case. What it throws, also where it compiles the policy, is no Allow:
 * that nothing throws is a law of its own.
 */
export function answer<P>(subject: Subject<P>, one: DecisionCase): Verdict {
  const { input, request } = concrete(one)
  return decided(subject, input, request)
}

export function decided<P>(subject: Subject<P>, input: PolicyInput, request: Request): Verdict {
  return decider(subject, input)(request)
}

/** Compiles once and decides often. */
export function decider<P>(subject: Subject<P>, input: PolicyInput): (request: Request) => Verdict {
  try {
    const compiled = subject.policy(input)
    return (request) => {
      try {
        return subject.decide(compiled, request)
      } catch {
        return threw
      }
    }
  } catch {
    return () => threw
  }
}

export interface Concrete {
  readonly input: PolicyInput
  readonly request: Request
}

/** The engine's input for a case, made once. */
export function concrete(one: DecisionCase): Concrete {
  const known = made.get(one)
  if (known !== undefined) return known
  const making = { input: policyInputOf(one.policy), request: requestOf(one.request) }
  made.set(one, making)
  return making
}

const made = new WeakMap<DecisionCase, Concrete>()

const threw: Deny = {
  _tag: "Deny",
  reason: "guard.fault",
  detail: undefined,
  status: 500,
  message: "it threw",
}

/** A verdict in one line. */
export function told(verdict: Verdict): string {
  if (verdict._tag === "Deny") return `denies with ${verdict.reason}`
  const { session, sessionBy, leaf, leafBy } = verdict.identity
  const caller = session === undefined ? "nobody" : `${session} by ${sessionBy}`
  return leafBy === undefined ? `allows ${caller}` : `allows ${caller}, ${leaf} by ${leafBy}`
}
