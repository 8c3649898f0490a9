import type { Configuration } from "@countersign/config"
import type { Allow, Verdict } from "@countersign/engine"
import {
  Connection,
  createGuard,
  type Generation,
  type Guard,
  type GuardOptions,
  type RequestFacts,
} from "@countersign/guard"
import { type Shell, shell } from "../shell/index.ts"

/** What stands around the decision, with one fault. */
export interface BrokenShell {
  readonly id: string
  /** A law that catches it, by its id. */
  readonly caughtBy: string
  readonly what: string
  readonly shell: Shell
}

type Check = Guard["check"]

function brokenGuard(
  id: string,
  caughtBy: string,
  what: string,
  change: (guard: Guard, options: GuardOptions) => Partial<Guard>,
): BrokenShell {
  const create: typeof createGuard = (options) => {
    const guard = createGuard(options)
    return { ...guard, ...change(guard, options) }
  }
  return { id, caughtBy, what, shell: { ...shell, name: id, createGuard: create } }
}

/** Asks again as if something else had been presented, where the first answer is a denial. */
function otherwise(guard: Guard, others: (facts: RequestFacts) => readonly Connection[]): Check {
  return async (facts) => {
    const verdicts: Verdict[] = [await guard.check(facts)]
    for (const connection of others(facts)) {
      verdicts.push(await guard.check({ ...facts, connection }))
    }
    const [first] = verdicts
    const allowed = verdicts.find(({ _tag }) => _tag === "Allow")
    if (first === undefined) throw new Error("nobody was asked")
    return allowed ?? first
  }
}

function leading({ encrypted, chain }: Connection, leaf: Uint8Array, host: string): Connection {
  return new Connection({ encrypted, serverName: host, chain: [leaf, ...chain] })
}

const nobody: Allow = {
  _tag: "Allow",
  identity: { session: undefined, sessionBy: undefined, leaf: undefined, leafBy: undefined },
  obligations: [],
}

/** The verdict of a connection's first request for a target. */
function remembering(guard: Guard): Check {
  const known = new WeakMap<Connection, Map<string, Verdict>>()
  return async (facts) => {
    const verdicts = known.get(facts.connection) ?? new Map<string, Verdict>()
    known.set(facts.connection, verdicts)
    const verdict = verdicts.get(facts.head.target) ?? (await guard.check(facts))
    verdicts.set(facts.head.target, verdict)
    return verdict
  }
}

function atFirst(guard: Guard): Check {
  const firsts = new WeakMap<Connection, number>()
  return (facts) => {
    const now = firsts.get(facts.connection) ?? facts.now
    firsts.set(facts.connection, now)
    return guard.check({ ...facts, now })
  }
}

/** Stores are asked in the generation that there is when they answer. */
function latest(options: GuardOptions): Guard {
  let live: Generation = options
  const sessions: Generation["sessions"] = async (keys) => {
    await live.sessions(keys)
    return live.sessions(keys)
  }
  const guard = createGuard({ ...options, sessions })
  return {
    ...guard,
    replace: (next) => {
      live = { ...live, ...next }
      guard.replace({ ...next, sessions })
    },
  }
}

function unbound(configuration: Configuration): Configuration {
  const sessions = [...configuration.sessions].map(
    ([key, known]) =>
      [key, { ...known, bindings: known.bindings.length === 0 ? "none" : known.bindings }] as const,
  )
  return { ...configuration, sessions: new Map(sessions) }
}

export const brokenShells: readonly BrokenShell[] = [
  brokenGuard(
    "remembers-verdicts",
    "requests-on-one-connection-answer-as-on-many",
    "a connection remembers the verdict for a path",
    (guard) => ({ check: remembering(guard) }),
  ),
  brokenGuard(
    "remembers-allows",
    "what-is-removed-is-gone-on-the-same-connection",
    "who was allowed once on a connection stays allowed for the path",
    (guard) => ({ check: remembering(guard) }),
  ),
  brokenGuard(
    "any-presented-certificate",
    "certificates-after-the-leaf-are-path-material",
    "every certificate of the chain is tried as the leaf",
    (guard) => ({
      check: otherwise(guard, ({ connection, head }) =>
        connection.chain.slice(1).map((der) => leading(connection, der, head.authority ?? "")),
      ),
    }),
  ),
  brokenGuard(
    "signed-is-enough",
    "an-authority-admits-what-it-signed-for-clients",
    "an authority that was presented vouches for the leaf",
    (guard) => ({
      check: otherwise(guard, ({ connection, head }) =>
        connection.chain.slice(-1).map((der) => leading(connection, der, head.authority ?? "")),
      ),
    }),
  ),
  brokenGuard(
    "stores-of-another-generation",
    "a-verdict-is-that-of-one-generation",
    "a reload replaces the stores of requests under way",
    (_, options) => latest(options),
  ),
  {
    id: "details-in-answers",
    caughtBy: "strangers-tokens-are-answered-byte-for-byte-alike",
    what: "an answer says why a token is not known",
    shell: {
      ...shell,
      name: "details-in-answers",
      answerTo: (denial, format) => {
        const answer = shell.answerTo(denial, format)
        return { ...answer, body: `${answer.body} ${denial.detail}` }
      },
    },
  },
  brokenGuard(
    "token-in-message",
    "neither-verdict-nor-answer-holds-a-key",
    "a denial repeats the token that it does not know",
    (guard) => ({
      check: async (facts) => {
        const verdict = await guard.check(facts)
        if (verdict._tag === "Allow") return verdict
        return { ...verdict, message: `not with ${facts.head.header("authorization")}` }
      },
    }),
  ),
  brokenGuard(
    "trusts-headers",
    "what-a-client-writes-is-not-what-a-proxy-saw",
    "a header of a proxy is believed without a proxy",
    (guard) => ({
      check: (facts) =>
        facts.head.header("ssl-client-verify") === "SUCCESS" ? nobody : guard.check(facts),
    }),
  ),
  brokenGuard(
    "unavailable-passes",
    "a-store-that-answers-nonsense-opens-nothing",
    "a request passes while a store fails",
    (guard) => ({
      check: async (facts) => {
        const verdict = await guard.check(facts)
        const isDown = verdict._tag === "Deny" && verdict.reason === "guard.unavailable"
        return isDown ? nobody : verdict
      },
    }),
  ),
  {
    id: "reads-nothing-as-unbound",
    caughtBy: "a-damaged-document-is-refused-or-opens-nothing",
    what: "bindings that cannot be read are no bindings",
    shell: {
      ...shell,
      name: "reads-nothing-as-unbound",
      createLoader: (path, now) => {
        const loader = shell.createLoader(path, now)
        return {
          load: (reload) => {
            const loaded = loader.load(reload)
            return loaded._tag === "Invalid" ? loaded : unbound(loaded)
          },
        }
      },
    },
  },
  brokenGuard(
    "stopped-clock",
    "time-passes-on-a-connection-as-elsewhere",
    "a connection's requests are decided at the time of its first",
    (guard) => ({ check: atFirst(guard) }),
  ),
  {
    id: "loads-once",
    caughtBy: "a-reload-serves-what-a-start-would",
    what: "what was loaded once is not loaded again",
    shell: {
      ...shell,
      name: "loads-once",
      createLoader: (path, now) => {
        const loaded = shell.createLoader(path, now).load()
        return { load: () => loaded }
      },
    },
  },
]
