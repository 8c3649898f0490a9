import { isDeepStrictEqual } from "node:util"
import type { Allow, Verdict } from "@countersign/engine"
import type fc from "fast-check"
import type { DecisionCase } from "../vectors/decision-case.ts"
import { answer, told } from "./answer.ts"
import type { Law, LawDescription } from "./law.ts"

export type Pair = readonly [DecisionCase, DecisionCase]

/** A law of single decisions. */
export function lawOfOne(
  description: LawDescription,
  rule: {
    readonly cases: fc.Arbitrary<DecisionCase>
    readonly concerns: (verdict: Verdict, one: DecisionCase) => boolean
    readonly broken: (verdict: Verdict, one: DecisionCase) => string | undefined
  },
): Law {
  return {
    ...description,
    cases: rule.cases.map((one) => [one]),
    concerns: (subject, cases) => cases.some((one) => rule.concerns(answer(subject, one), one)),
    broken: (subject, cases) => {
      for (const one of cases) {
        const verdict = answer(subject, one)
        const what = rule.concerns(verdict, one) ? rule.broken(verdict, one) : undefined
        if (what !== undefined) return `${told(verdict)}: ${what}`
      }
      return undefined
    },
  }
}

/** A law of what must be true where a case is allowed. */
export function whereAllowed(
  description: LawDescription,
  rule: {
    readonly cases: fc.Arbitrary<DecisionCase>
    readonly concerns?: (verdict: Allow, one: DecisionCase) => boolean
    /** What is missing. */
    readonly broken: (verdict: Allow, one: DecisionCase) => string | undefined
  },
): Law {
  const { cases, concerns = () => true, broken } = rule
  return lawOfOne(description, {
    cases,
    concerns: (verdict, one) => verdict._tag === "Allow" && concerns(verdict, one),
    broken: (verdict, one) => (verdict._tag === "Allow" ? broken(verdict, one) : undefined),
  })
}

/** A law of cases none of which may be allowed. */
export function neverAllowed(
  description: LawDescription,
  rule: {
    readonly cases: fc.Arbitrary<DecisionCase>
    readonly concerns: (one: DecisionCase) => boolean
  },
): Law {
  return lawOfOne(description, {
    cases: rule.cases,
    concerns: (_, one) => rule.concerns(one),
    broken: (verdict) => (verdict._tag === "Allow" ? "it must not" : undefined),
  })
}

/** A law of pairs: where the first is denied, the second, which has less in its favour, is too. */
export function neverOpens(description: LawDescription, pairs: fc.Arbitrary<Pair>): Law {
  return lawOfPairs(description, {
    pairs,
    concerns: ([first]) => first._tag === "Deny",
    broken: ([first, second]) =>
      second._tag === "Allow" ? `${told(first)}, and then ${told(second)}` : undefined,
  })
}

/** A law of pairs that must be answered alike, in every word. */
export function sameAnswer(
  description: LawDescription,
  rule: {
    readonly pairs: fc.Arbitrary<Pair>
    readonly concerns?: (verdicts: readonly [Verdict, Verdict], pair: Pair) => boolean
  },
): Law {
  const { pairs, concerns = () => true } = rule
  return lawOfPairs(description, {
    pairs,
    concerns,
    broken: ([first, second]) =>
      isDeepStrictEqual(first, second) ? undefined : `${told(first)}, and then ${told(second)}`,
  })
}

/** A law of two decisions; it says nothing of a pair of one and the same. */
export function lawOfPairs(
  description: LawDescription,
  rule: {
    readonly pairs: fc.Arbitrary<Pair>
    readonly concerns: (verdicts: readonly [Verdict, Verdict], pair: Pair) => boolean
    readonly broken: (verdicts: readonly [Verdict, Verdict], pair: Pair) => string | undefined
  },
): Law {
  return {
    ...description,
    cases: rule.pairs,
    concerns: (subject, cases) => {
      const [first, second] = cases
      if (first === undefined || second === undefined) return false
      if (isDeepStrictEqual(first, second)) return false
      return rule.concerns([answer(subject, first), answer(subject, second)], [first, second])
    },
    broken: (subject, cases) => {
      const [first, second] = cases
      if (first === undefined || second === undefined) return undefined
      const verdicts = [answer(subject, first), answer(subject, second)] as const
      return rule.concerns(verdicts, [first, second])
        ? rule.broken(verdicts, [first, second])
        : undefined
    },
  }
}
