import { minimise } from "../states/minimise.ts"
import type { Class, State } from "../states/state.ts"
import { type Count, sum } from "./count.ts"
import { type Difference, keyOf } from "./difference.ts"
import { type Shown, shownNamed, shownNames, sizeOfAll } from "./products.ts"
import { shows } from "./shows.ts"
import { stateOf } from "./tally.ts"

/** What was counted: kept in a file, so that a document can be made of it and a small part counted again. */
export interface Counted {
  /** States in each product. */
  readonly states: Readonly<Record<string, number>>
  /** Per product, the number of states that differ, by `keyOf`. */
  readonly products: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** The smallest state of each kind, by `keyOf`. */
  readonly examples: Readonly<Record<string, Example>>
}

export interface Example {
  readonly evidence: Class
  /** A state as JSON. */
  readonly state: string
}

interface Candidate {
  readonly difference: Difference
  readonly shown: Shown
  readonly state: State
}

/** Puts the counts of every share and product together, and finds the smallest state of each kind. */
export function countedOf(shares: readonly (readonly (readonly Count[])[])[]): Counted {
  const states: Record<string, number> = {}
  const products: Record<string, Readonly<Record<string, number>>> = {}
  const candidates = new Map<string, Candidate[]>()
  shownNames.forEach((name, i) => {
    const shown = shownNamed(name)
    const counts = sum(shares.map((share) => share[i] ?? []))
    states[name] = sizeOfAll(shown)
    products[name] = byKey(counts)
    for (const count of counts) {
      const known = candidates.get(keyOf(count)) ?? []
      candidates.set(keyOf(count), [...known, candidateOf(count, shown)])
    }
  })
  const examples = [...candidates]
    .sort(([one], [two]) => (one < two ? -1 : 1))
    .map(([key, found]) => [key, smallest(found)] as const)
  return { states, products, examples: Object.fromEntries(examples) }
}

/** The numbers of states of these counts. */
export function byKey(counts: readonly Count[]): Readonly<Record<string, number>> {
  return Object.fromEntries(counts.map((count) => [keyOf(count), count.states]))
}

function candidateOf(difference: Count, shown: readonly Shown[]): Candidate {
  const one = shown[difference.first.shown]
  if (one === undefined) throw new RangeError("a count of no product")
  return { difference, shown: one, state: stateOf(one.product, difference.first) }
}

/** The candidates made as plain as they can be; of them the one with the fewest classes that are not plain. */
function smallest(candidates: readonly Candidate[]): Example {
  const plain = candidates.map(({ difference, shown: { evidence }, state }) => {
    const least = minimise(state, (other) => shows(difference, other, evidence))
    return { evidence, state: JSON.stringify(least) }
  })
  const [first, ...others] = plain.map((one) => ({ ...one, weight: weightOf(one.state) }))
  if (first === undefined) throw new RangeError("a difference without a state")
  const { evidence, state } = others.reduce(
    (one, two) => (two.weight < one.weight ? two : one),
    first,
  )
  return { evidence, state }
}

function weightOf(state: string): number {
  return state.replaceAll(/[^1-9]/g, "").length * 1000 + state.length
}
