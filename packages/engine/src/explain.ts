import { faultVerdict, verdict } from "./decide.ts"
import { type Change, smallestChange } from "./explain/change.ts"
import { type Fact, factsOf } from "./explain/facts.ts"
import { judge } from "./judge.ts"
import type { Policy } from "./policy.ts"
import type { Request } from "./request.ts"
import { Refusal } from "./rules/refusal.ts"
import type { Rule } from "./rules/trace.ts"
import type { Session } from "./session.ts"
import type { Verdict } from "./verdict.ts"

export type { Change, ChangeId } from "./explain/change.ts"
export type { Fact } from "./explain/facts.ts"
export type { Rule } from "./rules/trace.ts"

/** One rule that was tried. A rule that does not hold denies, or hands over to the next alternative. */
export interface Step {
  readonly rule: Rule
  readonly held: boolean
  readonly facts: readonly Fact[]
}

export interface Explanation {
  /** Equal to what `decide` returns. */
  readonly verdict: Verdict
  /** Every rule tried, in order. */
  readonly steps: readonly Step[]
  /** The rule that denied. */
  readonly because: Rule | undefined
  /** The smallest change that would have passed the rule that denied. */
  readonly change: Change | undefined
}

/** Runs the rules of `decide` and reports each: what it looked at and what it found. */
export function explain(policy: Policy, request: Request): Explanation {
  const steps: Step[] = []
  const listen = (rule: Rule, held: boolean, session: Session | undefined): void => {
    steps.push({ rule, held, facts: factsOf(rule, policy, request, session) })
  }
  try {
    const judgement = judge(policy, request, listen)
    const outcome = { verdict: verdict(policy, request, judgement), steps }
    if (!(judgement instanceof Refusal)) {
      return { ...outcome, because: undefined, change: undefined }
    }
    const change = smallestChange(policy, request, judgement)
    return { ...outcome, because: denyingRule(steps), change }
  } catch {
    return { verdict: faultVerdict, steps, because: denyingRule(steps), change: undefined }
  }
}

function denyingRule(steps: readonly Step[]): Rule | undefined {
  const step = steps.findLast(({ rule, held }) => !held && rule !== "alternatives.group")
  return step?.rule
}
