import { agreeOn, type Engine, threeOf } from "./compare.ts"
import { describe } from "./describe.ts"
import { minimise } from "./minimise.ts"
import type { State } from "./state.ts"

/** The smallest state near this one on which engine, model and explain do not agree, in words. */
export function disagreement(state: State, engine: Engine): string {
  const smallest = minimise(state, (other) => !agreeOn(other, engine))
  const { expected, verdict, explained } = threeOf(smallest, engine)
  return [
    describe(smallest),
    `model:   ${JSON.stringify(expected.model)}`,
    `decide:  ${JSON.stringify(verdict)}`,
    `explain: ${JSON.stringify(explained)}`,
  ].join("\n")
}
