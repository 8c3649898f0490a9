import { agreeOn, type Comparison, type Engine, threeOf } from "./compare.ts"
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

/** Products, states and seconds, a line each, and the sum. */
export function table(done: readonly Comparison[]): string {
  const lines = done.map(({ product, states, explained, milliseconds }) =>
    [
      product.padEnd(12),
      `${states.toLocaleString("en")} states,`.padStart(19),
      `${explained.toLocaleString("en")} explained,`.padStart(18),
      `${(milliseconds / 1000).toFixed(1)} s`.padStart(7),
    ].join(" "),
  )
  const sum = done.reduce((states, one) => states + one.states, 0)
  return [...lines, `${sum.toLocaleString("en")} states`].join("\n")
}
