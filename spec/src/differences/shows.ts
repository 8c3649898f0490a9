import type { AdvisoryClass } from "../advisory-classes.ts"
import { judge, traced } from "../model/index.ts"
import { answerOf, fits, permissive, weaknesses } from "../permissive/index.ts"
import type { Class, State } from "../states/state.ts"
import { between, type Difference, keyOf } from "./difference.ts"

const all = permissive(weaknesses)
const alone = new Map(weaknesses.map((one) => [one, permissive([one])]))

/** Made once for each class and for all of them: the smallest states are found by asking often. */
function gateway(classes: readonly AdvisoryClass[]): ReturnType<typeof permissive> {
  if (classes === weaknesses) return all
  const [one, ...others] = classes
  const known = one === undefined || others.length > 0 ? undefined : alone.get(one)
  return known ?? permissive(classes)
}

/** How the answer to a state differs when these classes are switched on; undefined where it does not. */
export function differs(
  classes: readonly AdvisoryClass[],
  state: State,
  evidence: Class,
): Omit<Difference, "variant"> | undefined {
  const ours = answerOf(judge(state, new Uint8Array(traced.length)), state.credentials)
  const { code, taken } = gateway(classes)(state, evidence)
  return between(ours, answerOf(code, taken.credentials))
}

/** Whether a state differs in this way, by one class alone or by all together as the variant says. */
export function shows(difference: Difference, state: State, evidence: Class): boolean {
  const { variant } = difference
  if (!fits(evidence, state.connection)) return false
  const one = variant === "all" || variant === "together" ? weaknesses : [variant]
  const found = differs(one, state, evidence)
  if (found === undefined || keyOf({ variant, ...found }) !== keyOf(difference)) return false
  return variant !== "together" || !weaknesses.some((alone) => opens(alone, state, evidence))
}

/** The classes without which a state would not be opened: each of them is needed. */
export function neededFor(state: State, evidence: Class): readonly AdvisoryClass[] {
  let needed: readonly AdvisoryClass[] = weaknesses
  for (const one of weaknesses) {
    const fewer = needed.filter((other) => other !== one)
    if (differs(fewer, state, evidence)?.direction === "opens") needed = fewer
  }
  return needed
}

function opens(one: AdvisoryClass, state: State, evidence: Class): boolean {
  return differs([one], state, evidence)?.direction === "opens"
}
