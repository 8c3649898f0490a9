import { modelDecision } from "../vectors/model-decision.ts"
import { writeCase } from "../vectors/write-case.ts"
import { caseOfState } from "./case-of-state.ts"
import { agreeOn, type Engine } from "./compare.ts"
import { minimise } from "./minimise.ts"
import type { State } from "./state.ts"

/**
 * The smallest state near this one on which the three do not agree, as the text of a vector file that
 * expects what the model says. `undefined` where no case can say it.
 */
export function counterexampleOf(
  product: string,
  differing: State,
  engine: Engine,
): string | undefined {
  if (caseOfState(differing) === undefined) return undefined
  const isSaid = (state: State): boolean => caseOfState(state) !== undefined
  const one = caseOfState(minimise(differing, (other) => isSaid(other) && !agreeOn(other, engine)))
  if (one === undefined) return undefined
  return writeCase({
    id: `states.${product}`,
    sentence: "The smallest state on which engine and reference model differ.",
    sources: ["design:§3"],
    ...one,
    expect: modelDecision(one),
  })
}
