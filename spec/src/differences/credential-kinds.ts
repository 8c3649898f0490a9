import { judgeWithin, type Trace, traced } from "../model/index.ts"
import { type Answer, answerOf, readCredentials } from "../permissive/index.ts"
import { type CredentialState, Interned } from "../states/state.ts"
import type { Asked, Requests } from "./requests.ts"

/** Credentials that get the same answer to everything that is asked. */
export interface CredentialKind {
  readonly states: number
  /** The place of the first of them. */
  readonly first: number
  /** An answer for everything in `asked`. */
  readonly answers: Uint8Array
}

interface Share {
  readonly part: number
  readonly parts: number
}

/** The credentials `part`, `part + parts`, … of a product, gathered by their answers. */
export function kindsOf(
  credentials: readonly CredentialState[],
  requests: Requests,
  { part, parts }: Share,
): CredentialKind[] {
  const interned = new Interned()
  const kinds = new Map<string, CredentialKind>()
  const asker = new Asker(requests)
  for (let at = part; at < credentials.length; at += parts) {
    const state = credentials[at]
    if (state === undefined) break
    const answers = asker.answers(interned.credentials(state))
    const key = String.fromCharCode(...answers)
    const known = kinds.get(key)
    kinds.set(
      key,
      known === undefined
        ? { states: 1, first: at, answers: answers.slice() }
        : { ...known, states: known.states + 1 },
    )
  }
  return [...kinds.values()]
}

class Asker {
  readonly #requests: Requests
  readonly #answers: Uint8Array
  readonly #trace: Trace = new Uint8Array(traced.length)

  constructor(requests: Requests) {
    this.#requests = requests
    this.#answers = new Uint8Array(requests.asked.length)
  }

  answers(state: CredentialState): Uint8Array {
    const taken = this.#requests.rests.map((rest) => readCredentials(rest, state))
    const { asked } = this.#requests
    for (let i = 0; i < asked.length; i++) {
      const one = asked[i]
      if (one !== undefined) this.#answers[i] = this.#answer(one, state, taken[one.rest] ?? state)
    }
    return this.#answers
  }

  /** `asked` lists the plain reading of every view before the others. */
  #answer({ view, rest, plain }: Asked, state: CredentialState, taken: CredentialState): Answer {
    if (rest !== 0 && taken === state) return this.#answers[plain] ?? 0
    return answerOf(judgeWithin(view, taken, this.#trace), taken)
  }
}
