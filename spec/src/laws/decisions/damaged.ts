import type { PolicyInput, Request, Verdict } from "@countersign/engine"
import type { Subject } from "../../subject.ts"
import { policyInputOf, requestOf } from "../../vectors/concretise-case.ts"
import type { DecisionCase } from "../../vectors/decision-case.ts"
import { answer, decided, told } from "../answer.ts"
import { decisions } from "../arbitrary/cases.ts"
import { type Damage, damages } from "../damage.ts"
import type { Law } from "../law.ts"

interface Parts {
  readonly input: PolicyInput
  readonly request: Request
}

/** A policy may leave out what is off by default; what a request leaves out is missing. */
const defaulted = ["case.input.revocation", "case.input.stripAuthorizationData"]

/** Fresh objects, because they are damaged in place. */
function partsOf({ policy, request }: DecisionCase): Parts {
  const input = structuredClone(policyInputOf(policy))
  return { input, request: sharingNothing(requestOf(request)) }
}

/** Fingerprints are shared between requests; here each has its own. */
function sharingNothing(request: Request): Request {
  return structuredClone(request)
}

/** What the first damage that goes wrong does; the case itself is sound, and every damage is tried on it. */
function wrongDamage(
  one: DecisionCase,
  isWrong: (parts: Parts) => string | undefined,
): string | undefined {
  const parts = partsOf(one)
  for (const damage of damages(parts, "case", defaulted)) {
    const what = under(damage, () => isWrong(parts))
    if (what !== undefined) return `${what} where ${damage.name}`
  }
  return undefined
}

function under<A>({ apply, repair }: Damage, look: () => A): A {
  apply()
  try {
    return look()
  } finally {
    repair()
  }
}

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
  onlyCatches: "none",
  cases: decisions().map((one) => [one]),
  concerns: (subject, [one]) => one !== undefined && answer(subject, one)._tag === "Deny",
  broken: (subject, [one]) => {
    if (one === undefined || answer(subject, one)._tag === "Allow") return undefined
    return wrongDamage(one, ({ input, request }) => {
      const verdict = decided(subject, input, request)
      return verdict._tag === "Allow" ? told(verdict) : undefined
    })
  },
}

function throws<P>(subject: Subject<P>, { input, request }: Parts): string | undefined {
  let compiled: P
  try {
    compiled = subject.policy(input)
  } catch {
    return undefined
  }
  try {
    return misshapen(subject.decide(compiled, request))
  } catch (error) {
    return `throws ${error}`
  }
}

function misshapen(verdict: Verdict): string | undefined {
  if (verdict?._tag === "Allow" && typeof verdict.identity === "object") return undefined
  if (verdict?._tag === "Deny" && typeof verdict.reason === "string") return undefined
  return "answers with no verdict"
}

/** Compiling a policy may throw: it stops a start, not a request. */
const never: Law = {
  id: "no-request-makes-it-throw",
  sentence: "whatever a request holds, and whatever is missing in it, is answered with a verdict",
  sources: ["design:decide", "advisory:fault-opens"],
  onlyCatches: "none",
  cases: decisions().map((one) => [one]),
  concerns: () => true,
  broken: (subject, [one]) => {
    if (one === undefined) return undefined
    return throws(subject, partsOf(one)) ?? wrongDamage(one, (parts) => throws(subject, parts))
  },
}

export const damaged: readonly Law[] = [opens, never]
