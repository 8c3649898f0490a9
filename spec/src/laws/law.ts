import type fc from "fast-check"
import type { Subject } from "../subject.ts"
import type { DecisionCase } from "../vectors/decision-case.ts"

/** A sentence that holds of every decision, and what is generated to look for one of which it does not. */
export interface Law {
  /** Lower-case words with hyphens, unique. */
  readonly id: string
  readonly sentence: string
  /** Classes of attack and sentences of the design that it stands for: `advisory:…`, `design:…`. */
  readonly sources: readonly string[]
  /** The seeded fault that no other law catches, by its id, or `"none"`. */
  readonly onlyCatches: string
  /** Cases of one law are judged together: one, or a pair of which one follows from the other. */
  readonly cases: fc.Arbitrary<readonly DecisionCase[]>
  /** What is wrong, in one line; `undefined` where the law holds. */
  readonly broken: (subject: Subject, cases: readonly DecisionCase[]) => string | undefined
}
