import { defaultAnswers, tykAnswers } from "../model/index.ts"
import type { DecisionVector } from "../vectors/vector.ts"
import { writeCase } from "../vectors/write-case.ts"
import { caseOfState } from "./case-of-state.ts"
import { agreeOn, type Engine, sessionIds, threeOf } from "./compare.ts"
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
  const isSaid = (state: State): boolean => caseOfState(state) !== undefined
  const state = isSaid(differing)
    ? minimise(differing, (other) => isSaid(other) && !agreeOn(other, engine))
    : minimise(differing, (other) => !agreeOn(other, engine))
  const one = caseOfState(state)
  if (one === undefined) return undefined
  return writeCase({
    id: `states.${product}`,
    sentence: "The smallest state on which engine and reference model differ.",
    sources: ["design:§3"],
    ...one,
    expect: expectedOf(state, engine),
  })
}

function expectedOf(state: State, engine: Engine): DecisionVector["expect"] {
  const { model, source, leaf = "none" } = threeOf(state, engine).expected
  if (model._tag === "Deny") {
    const { reason } = model
    const status = {
      default: defaultAnswers[reason].status,
      "tyk-5.12": tykAnswers[reason].status,
    }
    return { deny: { reason, status } }
  }
  const { session: sessionBy, leafRule: leafBy } = model
  const session = sessionIds(state.credentials)[source] ?? "none"
  return { allow: { session, sessionBy, leaf, leafBy, obligations: [] } }
}
