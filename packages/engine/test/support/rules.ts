import type { Policy, Request, Session } from "../../src/index.ts"
import { judge } from "../../src/judge.ts"
import { Refusal } from "../../src/rules/refusal.ts"
import type { Rule } from "../../src/rules/trace.ts"

export interface Asked {
  readonly rule: Rule
  readonly held: boolean
  readonly session: Session | undefined
}

/** Every rule that a decision asks, heard where it is asked. */
export function rulesAsked(policy: Policy, request: Request): readonly Asked[] {
  const asked: Asked[] = []
  judge(policy, request, (rule, held, session) => asked.push({ rule, held, session }))
  return asked
}

/** The rule that refused, why, and of whose session it spoke; `undefined` for an Allow. */
export function refusing(
  policy: Policy,
  request: Request,
): { cause: string; session: Session | undefined } | undefined {
  const asked: Asked[] = []
  const outcome = judge(policy, request, (rule, held, session) =>
    asked.push({ rule, held, session }),
  )
  const last = asked.findLast(({ rule, held }) => !held && rule !== "alternatives.group")
  if (!(outcome instanceof Refusal) || last === undefined) return undefined
  const { reason, detail } = outcome
  return { cause: [last.rule, reason, detail, last.session?.id].join(" "), session: last.session }
}
