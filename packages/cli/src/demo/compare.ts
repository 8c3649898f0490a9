import type { Scenario } from "./scenario-file.ts"

/** What came of one scenario: the guard's decision and the status that the client saw. */
export interface Observation {
  /** Undefined where no decision was made. */
  readonly verdict: "Allow" | "Deny" | undefined
  readonly reason: string | undefined
  /** The session that was allowed, by its name; `null` for nobody. */
  readonly session: string | null | undefined
  /** Undefined where no answer came. */
  readonly status: number | undefined
}

/** One thing that is not as expected. */
export interface Difference {
  readonly what: string
  readonly expected: string
  readonly observed: string
}

/** What differs from the expectation; nothing if all is well. */
export function compare(
  expected: Scenario["expect"],
  observed: Observation,
): readonly Difference[] {
  return Object.entries(expected).flatMap(([what, value]) => {
    const seen = observed[what as keyof Observation]
    return seen === value ? [] : [{ what, expected: String(value), observed: String(seen) }]
  })
}
