import type { PolicyInput, Request, Verdict } from "@countersign/engine"
import type { Subject } from "../../subject.ts"
import { policyInputOf, requestOf } from "../../vectors/concretise-case.ts"
import type { DecisionCase } from "../../vectors/decision-case.ts"
import { answer, concrete, decided, decider, told } from "../answer.ts"
import { decisions } from "../arbitrary/cases.ts"
import { type Damage, damages } from "../damage.ts"
import type { Law } from "../law.ts"

/** A policy may leave out what is off by default; what a request leaves out is missing. */
const defaulted = ["policy.revocation", "policy.stripAuthorizationData"]

type Decide = (request: Request) => Verdict

/** The first damage to the request of a case that goes wrong; it is damaged in place, so it is a copy. */
function wrongRequest(
  one: DecisionCase,
  whatIsWrong: (request: Request) => string | undefined,
): string | undefined {
  const request = structuredClone(requestOf(one.request))
  return wrongDamage(damages(request, "request"), () => whatIsWrong(request))
}

function wrongPolicy(
  one: DecisionCase,
  whatIsWrong: (input: PolicyInput) => string | undefined,
): string | undefined {
  const input = structuredClone(policyInputOf(one.policy))
  return wrongDamage(damages(input, "policy", defaulted), () => whatIsWrong(input))
}

function wrongDamage(
  all: readonly Damage[],
  whatIsWrong: () => string | undefined,
): string | undefined {
  for (const { name, apply, repair } of all) {
    apply()
    const what = whatIsWrong()
    repair()
    if (what !== undefined) return `${what} where ${name}`
  }
  return undefined
}

function compiled<P>(subject: Subject<P>, one: DecisionCase): Decide | undefined {
  try {
    const policy = subject.policy(policyInputOf(one.policy))
    return (request) => subject.decide(policy, request)
  } catch {
    return undefined
  }
}

function opening(verdict: Verdict): string | undefined {
  return verdict._tag === "Allow" ? told(verdict) : undefined
}

/** The case itself is sound: every damage is tried on it, and the one that opens is named. */
const opens: Law = {
  id: "damage-never-opens",
  sentence:
    "deleting, retyping or emptying any field of a request or a policy never turns a denial into an Allow; only true is true",
  sources: [
    "design:data",
    "advisory:truthy-allows",
    "advisory:configuration-error-opens",
    "advisory:unreadable-binds-to-nothing",
  ],
  onlyCatches: "truthy-host",
  weight: 50,
  cases: decisions().map((one) => [one]),
  concerns: (subject, [one]) => one !== undefined && answer(subject, one)._tag === "Deny",
  broken: (subject, [one]) => {
    if (one === undefined || answer(subject, one)._tag === "Allow") return undefined
    const { input, request } = concrete(one)
    const decide = decider(subject, input)
    return (
      wrongPolicy(one, (damaged) => opening(decided(subject, damaged, request))) ??
      wrongRequest(one, (damaged) => opening(decide(damaged)))
    )
  },
}

function throwing(decide: () => Verdict): string | undefined {
  try {
    return misshapen(decide())
  } catch (error) {
    return `throws ${error}`
  }
}

function misshapen(verdict: Verdict): string | undefined {
  if (verdict?._tag === "Allow" && typeof verdict.identity === "object") return undefined
  if (verdict?._tag === "Deny" && typeof verdict.reason === "string") return undefined
  return "answers with no verdict"
}

/** Compiling a policy may throw: that stops a start, not a request. */
const never: Law = {
  id: "no-request-makes-it-throw",
  sentence: "whatever a request holds, and whatever is missing in it, is answered with a verdict",
  sources: ["design:decide", "advisory:fault-opens"],
  onlyCatches: "throws",
  weight: 50,
  cases: decisions().map((one) => [one]),
  concerns: (subject, [one]) => one !== undefined && compiled(subject, one) !== undefined,
  broken: (subject, [one]) => {
    const decide = one && compiled(subject, one)
    if (one === undefined || decide === undefined) return undefined
    const { request } = concrete(one)
    return (
      throwing(() => decide(request)) ??
      wrongRequest(one, (damaged) => throwing(() => decide(damaged)))
    )
  },
}

export const damaged: readonly Law[] = [opens, never]
