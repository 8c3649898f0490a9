import { directions } from "../permissive/index.ts"
import { type Difference, keyOf } from "./difference.ts"
import { variants } from "./variant.ts"

/** So many states differ in one way. */
export interface Count extends Difference {
  readonly states: number
  /** The first such state, by its places in the products that are counted. */
  readonly first: First
}

export interface First {
  readonly shown: number
  readonly policy: number
  readonly connection: number
  readonly credentials: number
}

/** Adds up counts; the earliest state is the first. */
export function sum(all: readonly (readonly Count[])[]): Count[] {
  const counts = new Map<string, Count>()
  for (const count of all.flat()) {
    const key = keyOf(count)
    const known = counts.get(key)
    counts.set(key, known === undefined ? count : joined(known, count))
  }
  return [...counts.values()].sort((one, two) => (rank(one) < rank(two) ? -1 : 1))
}

function joined(one: Count, two: Count): Count {
  const first = earlier(one.first, two.first)
  return { ...one, states: one.states + two.states, first }
}

function earlier(one: First, two: First): First {
  const order = ["shown", "credentials", "policy", "connection"] as const
  const key = order.find((part) => one[part] !== two[part])
  return key === undefined || one[key] < two[key] ? one : two
}

function rank({ variant, direction, ours, theirs }: Count): string {
  const place = String(variants.indexOf(variant)).padStart(3, "0")
  return [place, directions.indexOf(direction), ours, theirs].join()
}
