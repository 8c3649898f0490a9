import fc from "fast-check"
import type { Subject } from "../subject.ts"
import type { DecisionCase } from "../vectors/decision-case.ts"
import type { Law } from "./law.ts"

export interface CheckOptions {
  /** Fewer for a law of more weight. */
  readonly runs: number
  /** Default: another one each time; it stands in the result. */
  readonly seed?: number
}

export type LawResult =
  /** `reached`: the runs whose cases the law speaks of. */
  | {
      readonly _tag: "held"
      readonly runs: number
      readonly reached: number
      readonly seed: number
    }
  | {
      readonly _tag: "broken"
      readonly what: string
      /** The smallest that were found; each is printable as a vector. */
      readonly cases: readonly DecisionCase[]
      readonly seed: number
      readonly path: string
    }

/** Looks for cases in which a law does not hold of a subject. */
export function checkLaw<P>(law: Law, subject: Subject<P>, options: CheckOptions): LawResult {
  let reached = 0
  const property = fc.property(law.cases, (cases) => {
    if (law.concerns(subject, cases)) reached++
    return law.broken(subject, cases) === undefined
  })
  const { runs, seed: given } = options
  const numRuns = runsOf(law, runs)
  const found = fc.check(property, { numRuns, ...(given !== undefined && { seed: given }) })
  const { failed, counterexample, counterexamplePath, seed } = found
  const [cases] = counterexample ?? []
  if (!failed || cases === undefined) return { _tag: "held", runs: numRuns, reached, seed }
  const what = law.broken(subject, cases) ?? "it throws"
  return { _tag: "broken", what, cases, seed, path: counterexamplePath ?? "" }
}

/** How often a law is tried, where others are tried so often. */
export function runsOf({ weight = 1 }: Law, runs: number): number {
  return Math.max(1, Math.round(runs / weight))
}
