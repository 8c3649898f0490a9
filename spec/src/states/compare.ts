import type { Policy, Request, Verdict } from "@countersign/engine"
import {
  type Code,
  judge,
  judgeWithin,
  type Trace,
  traced,
  type View,
  viewOf,
} from "../model/index.ts"
import {
  type ConnectionFacts,
  type CredentialFacts,
  concretise,
  connectionFacts,
  credentialFacts,
  holderRecord,
  policyOf,
  requestOf,
} from "./concretise.ts"
import { agrees, type Expected, expectations } from "./expected.ts"
import { type Product, sizeOf } from "./product.ts"
import { RowPaths } from "./row-paths.ts"
import {
  type ConnectionState,
  type CredentialState,
  Interned,
  type PolicyState,
  type State,
} from "./state.ts"

/** What is compared with the model. */
export interface Engine {
  readonly decide: (policy: Policy, request: Request) => Verdict
  readonly explain: (policy: Policy, request: Request) => { readonly verdict: Verdict }
}

export interface Comparison {
  readonly product: string
  readonly states: number
  /** How many of them `explain` was compared on. */
  readonly explained: number
  /** How many paths through the model's rows were seen (by one process). */
  readonly rowPaths: number
  readonly milliseconds: number
  /** The first state on which the three do not agree. */
  readonly differing: State | undefined
}

interface Options {
  /** `explain` is compared on every state that takes a new path through the rows, and on every n-th. */
  readonly explainEvery: number
  /** Part `part` of `parts` of the states; all of them without. */
  readonly part?: number
  readonly parts?: number
}

/** So many indices are done at a stretch; policies of different cost are spread over the parts. */
const STRETCH = 100_000

/** Compares engine and model on the states of a product, and stops at the first that differs. */
export function compare(product: Product, engine: Engine, options: Options): Comparison {
  const { explainEvery, part = 0, parts = 1 } = options
  const started = performance.now()
  const run = new Run(product, engine, explainEvery)
  const size = sizeOf(product)
  let differing: State | undefined
  for (let from = part * STRETCH; from < size && !differing; from += parts * STRETCH) {
    differing = run.range(from, Math.min(size, from + STRETCH))
  }
  const milliseconds = performance.now() - started
  return { product: product.name, ...run.counts(), milliseconds, differing }
}

/** What the three say of one state. */
export function threeOf(
  state: State,
  engine: Engine,
): { readonly expected: Expected; readonly verdict: Verdict; readonly explained: Verdict } {
  const { policy, request } = concretise(state)
  return {
    expected: expectedOf(judge(state, newTrace())),
    verdict: engine.decide(policy, request),
    explained: engine.explain(policy, request).verdict,
  }
}

/** Whether engine, model and explain agree on one state. */
export function agreeOn(state: State, engine: Engine): boolean {
  const { expected, verdict, explained } = threeOf(state, engine)
  return agrees(verdict, expected, sessionIds(state.credentials)) && sameVerdict(verdict, explained)
}

/** A part of a state, and the facts that stand for it. */
interface Part<S, F> {
  readonly state: S
  readonly facts: F
}

/** The ids that an Allow may name, by source: nobody's, the token's, the certificate's, the jwt's. */
type SessionIds = readonly (string | undefined)[]

class Run {
  readonly #engine: Engine
  readonly #explainEvery: number
  readonly #policies: readonly Part<PolicyState, Policy>[]
  readonly #connections: readonly Part<ConnectionState, ConnectionFacts>[]
  readonly #credentials: readonly (Part<CredentialState, CredentialFacts> & {
    readonly ids: SessionIds
  })[]
  readonly #trace: Trace = newTrace()
  readonly #paths = new RowPaths()
  #views: readonly View[] = []
  #states = 0
  #explained = 0

  constructor({ policies, connections, credentials }: Product, engine: Engine, every: number) {
    const interned = new Interned()
    this.#engine = engine
    this.#explainEvery = every
    this.#policies = policies.map((state) => ({
      state: interned.policy(state),
      facts: policyOf(state),
    }))
    this.#connections = connections.map((state) => ({
      state: interned.connection(state),
      facts: connectionFacts(state),
    }))
    this.#credentials = credentials.map((state) => ({
      state: interned.credentials(state),
      facts: credentialFacts(state),
      ids: sessionIds(state),
    }))
  }

  counts(): { states: number; explained: number; rowPaths: number } {
    return { states: this.#states, explained: this.#explained, rowPaths: this.#paths.size }
  }

  /** The states of the indices [from, to), as `stateAt` counts them. */
  range(from: number, to: number): State | undefined {
    const width = this.#connections.length
    let index = from
    while (index < to) {
      const first = index % width
      const last = Math.min(width, first + to - index)
      const rest = Math.floor(index / width)
      const policyAt = Math.floor(rest / this.#credentials.length)
      const differing = this.#line(policyAt, rest % this.#credentials.length, first, last)
      if (differing !== undefined) return differing
      index += last - first
    }
    return undefined
  }

  /** The connections from `first` to `last`, under one policy and with one set of credentials. */
  #line(policyAt: number, credentialAt: number, first: number, last: number): State | undefined {
    const policy = at(this.#policies, policyAt)
    const credential = at(this.#credentials, credentialAt)
    const views = this.#viewsOf(policy.state)
    for (let i = first; i < last; i++) {
      const connection = at(this.#connections, i)
      const request = requestOf(connection.facts, credential.facts)
      const code = judgeWithin(at(views, i), credential.state, this.#trace)
      if (!this.#agree(code, policy.facts, request, credential.ids)) {
        return {
          policy: policy.state,
          connection: connection.state,
          credentials: credential.state,
        }
      }
    }
    return undefined
  }

  #viewsOf(policy: PolicyState): readonly View[] {
    if (this.#views[0]?.policy !== policy) {
      this.#views = this.#connections.map(({ state }) => viewOf(policy, state))
    }
    return this.#views
  }

  #agree(code: Code, policy: Policy, request: Request, ids: SessionIds): boolean {
    const verdict = this.#engine.decide(policy, request)
    this.#states++
    if (!agrees(verdict, expectedOf(code), ids)) return false
    const isNew = this.#paths.add(this.#trace)
    if (!isNew && this.#states % this.#explainEvery !== 0) return true
    this.#explained++
    return sameVerdict(verdict, this.#engine.explain(policy, request).verdict)
  }
}

function at<T>(list: readonly T[], place: number): T {
  const one = list[place]
  if (one === undefined) throw new RangeError("beyond the product")
  return one
}

function expectedOf(code: Code): Expected {
  const expected = expectations[code]
  if (expected === undefined) throw new RangeError("the model gave no code")
  return expected
}

function newTrace(): Trace {
  return new Uint8Array(traced.length)
}

function sessionIds(state: CredentialState): SessionIds {
  return holderRecord(state) === "token's record" ? sameIds : otherIds
}

const sameIds: SessionIds = [undefined, "token's record", "token's record", "jwt's record"]
const otherIds: SessionIds = [undefined, "token's record", "certificate's record", "jwt's record"]

/** Verdicts are plain data of a fixed shape. */
function sameVerdict(one: Verdict, two: Verdict): boolean {
  if (one._tag === "Deny") {
    return (
      two._tag === "Deny" &&
      one.reason === two.reason &&
      one.detail === two.detail &&
      one.status === two.status &&
      one.message === two.message
    )
  }
  return (
    two._tag === "Allow" &&
    one.identity.session === two.identity.session &&
    one.identity.sessionBy === two.identity.sessionBy &&
    one.identity.leaf === two.identity.leaf &&
    one.identity.leafBy === two.identity.leafBy &&
    one.obligations.join() === two.obligations.join()
  )
}
