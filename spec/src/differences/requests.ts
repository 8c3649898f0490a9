import { MAY_BIND, mayBindOutcomes } from "../model/admit.ts"
import { type View, viewOf } from "../model/index.ts"
import { bestPath, isRevoked, LEAF } from "../model/leaf.ts"
import { look, outcome } from "../model/table.ts"
import { type Reader, readerOf, weaknesses } from "../permissive/index.ts"
import type { Product } from "../states/product.ts"
import type { Class, ConnectionState, PolicyState } from "../states/state.ts"

/** What is judged: a view of policy and connection, with credentials read in one way. */
export interface Asked {
  readonly view: View
  /** The place of what is done to the credentials among the rests; 0 is nothing. */
  readonly rest: number
  /** The place in `asked` of the same view with the credentials as they are. */
  readonly plain: number
}

/** Policies with connections that no variant tells apart. */
export interface Group {
  /** How many there are, and the first of them by its places. */
  readonly states: number
  readonly policy: number
  readonly connection: number
  /** What the strict model is asked, as a place in `asked`. */
  readonly strict: number
  /** What each variant that may see something else is asked: the variant's place, and that in `asked`. */
  readonly variants: readonly (readonly [number, number])[]
}

export interface Requests {
  readonly groups: readonly Group[]
  readonly asked: readonly Asked[]
  readonly rests: readonly (readonly number[])[]
}

/** The strict model's reader, then each class alone, then all of them. */
const readers: readonly Reader[] = [
  readerOf([]),
  ...weaknesses.map((one) => readerOf([one])),
  readerOf(weaknesses),
]

/**
 * The pairs of policy and connection of a product, gathered by what the strict model and every variant see of them:
 * each is then judged once for all credentials, and counted as often as it occurs.
 */
export function requestsOf({ policies, connections }: Product, evidence: Class): Requests {
  const questions = new Questions()
  const groups = new Map<string, Group>()
  const kinds = connectionKinds(connections, evidence)
  policies.forEach((policy, policyAt) => {
    for (const { states, first, connection } of kinds) {
      const asked = questions.of(policy, connection, evidence)
      const key = asked.join()
      const known = groups.get(key)
      const group = known ?? groupOf(asked, policyAt, first)
      groups.set(key, { ...group, states: group.states + states })
    }
  })
  return { groups: [...groups.values()], asked: questions.asked, rests: questions.rests }
}

/** Connections of which every reader sees the same. */
interface ConnectionKind {
  readonly states: number
  readonly first: number
  readonly connection: ConnectionState
}

function connectionKinds(
  connections: readonly ConnectionState[],
  evidence: Class,
): readonly ConnectionKind[] {
  const kinds = new Map<string, ConnectionKind>()
  connections.forEach((connection, first) => {
    const key = readers.map((reader) => seenOf(reader.connection(connection, evidence))).join()
    const { states, ...kind } = kinds.get(key) ?? { states: 0, first, connection }
    kinds.set(key, { ...kind, states: states + 1 })
  })
  return [...kinds.values()]
}

/** All that the model's tables ask of a connection. */
function seenOf({ transport, host, validity, revoked, paths }: ConnectionState): string {
  const leaf = outcome(LEAF, look(LEAF, transport, validity))
  return `${transport}${host}${leaf}${isRevoked(revoked, paths)}${bestPath(paths)}`
}

function groupOf(asked: readonly number[], policy: number, connection: number): Group {
  const [strict = 0, ...others] = asked
  const variants = others.flatMap((one, i) => (one === strict ? [] : [[i, one] as const]))
  return { states: 0, policy, connection, strict, variants }
}

/** Every question, once. */
class Questions {
  readonly asked: Asked[] = []
  readonly rests: (readonly number[])[] = [[]]
  readonly #rests: Map<string, number> = new Map([["", 0]])
  readonly #places: Map<string, number> = new Map()

  /** What each reader asks, as places in `asked`. */
  of(policy: PolicyState, connection: ConnectionState, evidence: Class): number[] {
    const view = viewOf(policy, connection)
    const plain = this.#place(view, 0)
    return readers.map(({ request }) => {
      const taken = request(policy, connection, evidence)
      const untouched = taken.policy === policy && taken.connection === connection
      if (untouched && taken.rest.length === 0) return plain
      const seen = untouched ? view : viewOf(taken.policy, taken.connection)
      return this.#place(seen, this.#rest(taken.rest))
    })
  }

  #place(view: View, rest: number): number {
    if (rest !== 0 && isSettled(view)) return this.#place(view, 0)
    const key = `${rest} ${keyOf(view)}`
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const plain = rest === 0 ? this.asked.length : this.#place(view, 0)
    this.#places.set(key, this.asked.length)
    return this.asked.push({ view, rest, plain }) - 1
  }

  #rest(rest: readonly number[]): number {
    const key = rest.join()
    const known = this.#rests.get(key)
    if (known !== undefined) return known
    this.#rests.set(key, this.rests.length)
    return this.rests.push(rest) - 1
  }
}

/** Whether admission denies before any credential is asked. */
function isSettled({ refused, mayBindRow }: View): boolean {
  return refused >= 0 && outcome(MAY_BIND, mayBindRow) === mayBindOutcomes.indexOf("settled")
}

/** Everything that a view lets a decision depend on. */
function keyOf(view: View): string {
  if (isSettled(view)) return `${view.refused}`
  const { policy, host, leaf, admitRow, mayBindRow } = view
  const { identity, tokenAuth, binding, groups } = policy
  const mechanisms = groups.length === 0 ? "" : JSON.stringify(groups)
  return `${identity}${tokenAuth}${binding}${host}${leaf} ${admitRow} ${mayBindRow} ${mechanisms}`
}
