import fc from "fast-check"
import type { DecisionCase } from "../../vectors/decision-case.ts"
import type { Pair } from "../make-law.ts"

/** A case and what a change makes of it; `choice` picks one of several things to change. */
export function changed(
  cases: fc.Arbitrary<DecisionCase>,
  change: (one: DecisionCase, choice: number) => DecisionCase,
): fc.Arbitrary<Pair> {
  return fc.tuple(cases, fc.nat(1000)).map(([one, choice]) => [one, change(one, choice)])
}

/** The item that a choice picks, if there is any. */
export function picked<T>(items: readonly T[], choice: number): T | undefined {
  return items[choice % Math.max(items.length, 1)]
}

/** A list without the item that a choice picks. */
export function without<T>(items: readonly T[], choice: number): readonly T[] {
  const at = choice % Math.max(items.length, 1)
  return items.filter((_, i) => i !== at)
}
