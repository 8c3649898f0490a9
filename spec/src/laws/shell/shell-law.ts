import { createLoader, type Loader } from "@countersign/config"
import { answerTo, createGuard } from "@countersign/guard"
import fc from "fast-check"
import type { LawDescription } from "../law.ts"

/** What stands around the decision: what reads documents, what asks stores, what answers. */
export interface Shell {
  readonly name: string
  readonly createLoader: (path: string, now: number) => Loader
  readonly createGuard: typeof createGuard
  readonly answerTo: typeof answerTo
}

export const shell: Shell = {
  name: "countersign",
  createLoader: (path, now) => createLoader(path, { now }),
  createGuard,
  answerTo,
}

/** A sentence that holds of everything around the decision, whatever happens in whatever order. */
export interface ShellLaw extends LawDescription {
  readonly check: (of: Shell, options: ShellOptions) => Promise<ShellResult>
}

export interface ShellOptions {
  readonly runs: number
  readonly seed?: number
}

export type ShellResult =
  | {
      readonly _tag: "held"
      readonly runs: number
      readonly reached: number
      readonly seed: number
    }
  | {
      readonly _tag: "broken"
      readonly what: string
      /** Plain data: the smallest that was found. */
      readonly plan: unknown
      readonly seed: number
      readonly path: string
    }

/** What a run says: nothing was at stake, the law held, or what is wrong. */
export type Outcome = "idle" | "held" | { readonly wrong: string }

export function shellLaw<P>(
  description: LawDescription & {
    /** As many fewer runs are made. */
    readonly weight?: number
    readonly plans: fc.Arbitrary<P>
    readonly run: (of: Shell, plan: P) => Promise<Outcome>
  },
): ShellLaw {
  const { plans, run, weight = 1, ...said } = description
  return {
    ...said,
    check: async (of, { runs, seed: given }) => {
      let reached = 0
      const property = fc.asyncProperty(plans, async (plan) => {
        const outcome = await run(of, plan)
        if (outcome === "held") reached++
        return typeof outcome === "string"
      })
      const numRuns = Math.max(1, Math.round(runs / weight))
      const options = { numRuns, ...(given !== undefined && { seed: given }) }
      const found = await fc.check(property, options)
      const { seed, counterexamplePath } = found
      if (!found.failed) return { _tag: "held", runs: numRuns, reached, seed }
      const [plan] = found.counterexample ?? []
      const outcome = plan === undefined ? "idle" : await run(of, plan)
      const what = typeof outcome === "string" ? "it happened once" : outcome.wrong
      return { _tag: "broken", what, plan, seed, path: counterexamplePath ?? "" }
    },
  }
}
