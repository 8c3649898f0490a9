import { answers, directionOf, directions } from "../permissive/index.ts"
import type { Product } from "../states/product.ts"
import type { State } from "../states/state.ts"
import { type Count, type First, sum } from "./count.ts"
import { type CredentialKind, kindsOf } from "./credential-kinds.ts"
import { between } from "./difference.ts"
import type { Shown } from "./products.ts"
import { type Group, requestsOf } from "./requests.ts"
import { variants } from "./variant.ts"

/** One process's share: credentials `part`, `part + parts`, … of every product. */
export interface Share {
  readonly part: number
  readonly parts: number
}

const together = variants.indexOf("together")
const all = variants.indexOf("all")
const pairs = answers.length * answers.length
const opens = directions.indexOf("opens")

/** Per pair of answers, the place of the direction; −1 where they are alike. */
const directionAt: Int8Array = Int8Array.from({ length: pairs }, (_, pair) => {
  const direction = directionOf(Math.floor(pair / answers.length), pair % answers.length)
  return direction === undefined ? -1 : directions.indexOf(direction)
})

/** Counts, over every state of some products, how each class alone and all together differ from the strict model. */
export function tally(shown: readonly Shown[], share: Share): Count[] {
  const counts = shown.map(({ product, evidence }, place) => {
    const requests = requestsOf(product, evidence)
    const run = new Run(place)
    for (const kind of kindsOf(product.credentials, requests, share)) {
      for (const group of requests.groups) run.count(kind, group)
    }
    return run.counts()
  })
  return sum(counts)
}

export function stateOf(product: Product, first: First): State {
  const policy = product.policies[first.policy]
  const connection = product.connections[first.connection]
  const credentials = product.credentials[first.credentials]
  if (policy === undefined || connection === undefined || credentials === undefined) {
    throw new RangeError(`${product.name} has no such state`)
  }
  return { policy, connection, credentials }
}

/** The counts of one product. */
class Run {
  readonly #shown: number
  readonly #states: Float64Array = new Float64Array(variants.length * pairs)
  readonly #firsts: Map<number, First> = new Map()

  constructor(shown: number) {
    this.#shown = shown
  }

  count(kind: CredentialKind, group: Group): void {
    const ours = kind.answers[group.strict] ?? 0
    let opened = false
    for (const [variant, asked] of group.variants) {
      const pair = ours * answers.length + (kind.answers[asked] ?? 0)
      const direction = directionAt[pair] ?? -1
      if (direction < 0) continue
      this.#add(variant * pairs + pair, kind, group)
      if (direction !== opens) continue
      if (variant === all && !opened) this.#add(together * pairs + pair, kind, group)
      opened = true
    }
  }

  counts(): Count[] {
    return [...this.#firsts].map(([at, first]) => {
      const variant = variants[Math.floor(at / pairs)]
      const words = between(Math.floor((at % pairs) / answers.length), at % answers.length)
      if (variant === undefined || words === undefined) throw new RangeError("no such count")
      return { variant, ...words, states: this.#states[at] ?? 0, first }
    })
  }

  #add(at: number, kind: CredentialKind, { states, policy, connection }: Group): void {
    this.#states[at] = (this.#states[at] ?? 0) + kind.states * states
    if (this.#firsts.has(at)) return
    this.#firsts.set(at, { shown: this.#shown, policy, connection, credentials: kind.first })
  }
}
