import { isDeepStrictEqual } from "node:util"
import type { Verdict } from "@countersign/engine"
import type { FindSessions, Generation } from "@countersign/guard"
import fc from "fast-check"
import { told } from "../answer.ts"
import { type Certificates, certificates } from "./certificates.ts"
import { shellLaw } from "./shell-law.ts"
import {
  check,
  connect,
  factsOf,
  generationOf,
  hostOf,
  type RequestPlan,
  type Settings,
  someSettings,
} from "./world.ts"

/** Ask, reload, or let the oldest question to a store be answered. */
const events = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant("ask" as const) },
    { weight: 2, arbitrary: fc.constant("answer" as const) },
    { weight: 2, arbitrary: someSettings },
  ),
  { minLength: 3, maxLength: 12 },
)

/** Stores that answer when they are told to. */
class SlowStores {
  readonly #waiting: (() => void)[] = []

  slow({ sessions, ...others }: Generation): Generation {
    const later: FindSessions = (keys) =>
      new Promise((resolve) => {
        this.#waiting.push(() => resolve(sessions(keys)))
      })
    return { ...others, sessions: later }
  }

  answerOldest(): void {
    this.#waiting.shift()?.()
  }

  /** Until nobody waits: an answer may raise another question. */
  async answerAll(pending: readonly Promise<unknown>[]): Promise<void> {
    let isDone = false
    const done = Promise.all(pending).then(() => {
      isDone = true
    })
    while (!isDone) {
      this.answerOldest()
      await Promise.resolve()
    }
    await done
  }
}

const request: RequestPlan = { path: "/token", host: "own", token: "bound" }

async function verdictUnder(
  createGuard: (generation: Generation) => { readonly check: Parameters<typeof check>[0]["check"] },
  settings: Settings,
  issued: Certificates,
): Promise<Verdict> {
  const { check: asks } = createGuard(generationOf(settings, issued))
  return asks(factsOf(connectionTo(issued), request, issued))
}

function connectionTo(issued: Certificates) {
  const serverName = hostOf[request.path]
  return connect({ encrypted: true, serverName, chain: ["alice"] }, issued)
}

export const oneGeneration = shellLaw({
  id: "a-verdict-is-that-of-one-generation",
  sentence:
    "however reloads and the answers of stores interleave, a request is decided under the policies and the stores that it began with",
  sources: ["design:guard", "advisory:resumption-across-policies", "advisory:stale-holder"],
  onlyCatches: "none",
  plans: fc.record({ first: someSettings, events }),
  run: async (shell, { first, events: happening }) => {
    const issued = await certificates()
    const stores = new SlowStores()
    const guard = shell.createGuard(stores.slow(generationOf(first, issued)))
    const connection = connectionTo(issued)
    const asked: { readonly settings: Settings; readonly verdict: Promise<Verdict> }[] = []
    let settings = first
    for (const event of happening) {
      if (event === "answer") stores.answerOldest()
      else if (event === "ask") {
        const verdict = check(guard, factsOf(connection, request, issued))
        asked.push({ settings, verdict })
      } else {
        settings = event
        guard.replace(stores.slow(generationOf(settings, issued)))
      }
      await Promise.resolve()
    }
    await stores.answerAll(asked.map(({ verdict }) => verdict))
    for (const { settings: begun, verdict } of asked) {
      const [got, expected] = [await verdict, await verdictUnder(shell.createGuard, begun, issued)]
      if (!isDeepStrictEqual(got, expected)) {
        return { wrong: `${told(got)}, where its generation ${told(expected)}` }
      }
    }
    return asked.length === 0 ? "idle" : "held"
  },
})
