import type fc from "fast-check"
import type { Subject } from "../subject.ts"
import type { DecisionCase } from "../vectors/decision-case.ts"

/** What a law says of itself. */
export interface LawDescription {
  /** Lower-case words with hyphens, unique. */
  readonly id: string
  readonly sentence: string
  /** Classes of attack and sentences of the design that it stands for: `advisory:…`, `design:…`. */
  readonly sources: readonly string[]
  /** The seeded fault that no other law catches, by its id, or `"none"`. */
  readonly onlyCatches: string
}

/** A sentence that holds of every decision, and what is generated to look for one of which it does not. */
export interface Law extends LawDescription {
  /** One run decides so often that this many fewer are made; default 1. */
  readonly weight?: number
  /** Cases of one law are judged together: one, or a pair of which one follows from the other. */
  readonly cases: fc.Arbitrary<readonly DecisionCase[]>
  /** Whether the cases reach what the law speaks of; where they do not, it holds without saying anything. */
  readonly concerns: <P>(subject: Subject<P>, cases: readonly DecisionCase[]) => boolean
  /** What is wrong, in one line; `undefined` where the law holds. */
  readonly broken: <P>(subject: Subject<P>, cases: readonly DecisionCase[]) => string | undefined
}
