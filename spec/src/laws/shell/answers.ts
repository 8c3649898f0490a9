import { isDeepStrictEqual } from "node:util"
import type { Verdict } from "@countersign/engine"
import fc from "fast-check"
import { told } from "../answer.ts"
import { certificates } from "./certificates.ts"
import { type Shell, shellLaw } from "./shell-law.ts"
import {
  boundToken,
  check,
  connect,
  everything,
  factsOf,
  foreignBoundToken,
  foreignToken,
  generationOf,
  hostOf,
  plainToken,
  type RequestPlan,
  someConnections,
  someRequests,
  tokenText,
} from "./world.ts"

/** What a client gets: both bodies and every header. */
function written(shell: Shell, verdict: Verdict): unknown {
  if (verdict._tag === "Allow") return "allowed"
  return [shell.answerTo(verdict, "json"), shell.answerTo(verdict, "problem+json")]
}

export const sameBytes = shellLaw({
  id: "strangers-tokens-are-answered-byte-for-byte-alike",
  sentence:
    "an unknown token, one of another organisation and one computed from somebody's certificate get the same status, headers and body, in either format",
  sources: ["design:reasons", "advisory:answers-tell-apart", "advisory:token-of-public-data"],
  onlyCatches: "none",
  plans: fc.record({
    path: fc.constantFrom("/token", "/dynamic", "/listed"),
    token: fc.constantFrom<RequestPlan["token"][]>("foreign", "computed"),
    chain: fc.constantFrom(["mallory"] as const, ["direct"] as const, [] as const),
    encrypted: fc.boolean(),
  }),
  run: async (shell, { path, token, chain, encrypted }) => {
    const issued = await certificates()
    const guard = shell.createGuard(generationOf(everything, issued))
    const connection = connect({ encrypted, serverName: hostOf[path], chain }, issued)
    const ask = async (which: RequestPlan["token"]) =>
      written(
        shell,
        await check(guard, factsOf(connection, { path, host: "own", token: which }, issued)),
      )
    const [unknown, other] = [await ask("unknown"), await ask(token)]
    return isDeepStrictEqual(unknown, other)
      ? "held"
      : { wrong: `${JSON.stringify(unknown)}, and then ${JSON.stringify(other)}` }
  },
})

export const noKeys = shellLaw({
  id: "neither-verdict-nor-answer-holds-a-key",
  sentence:
    "no verdict and no answer holds a presented token, a store key or a certificate beyond its fingerprint",
  sources: ["design:reasons", "advisory:answers-tell-apart"],
  onlyCatches: "none",
  plans: fc.record({ connection: someConnections, request: someRequests }),
  run: async (shell, plan) => {
    const issued = await certificates()
    const guard = shell.createGuard(generationOf(everything, issued))
    const facts = factsOf(connect(plan.connection, issued), plan.request, issued)
    const verdict = await check(guard, facts)
    const text = JSON.stringify([verdict, written(shell, verdict)])
    const presented = tokenText(plan.request.token, issued)
    const keys = [
      boundToken,
      plainToken,
      foreignToken,
      foreignBoundToken,
      ...(presented === "" ? [] : [presented]),
    ]
    const isTold = keys.some((key) => text.includes(key)) || text.includes("BEGIN CERT")
    return isTold ? { wrong: "a key stands in it" } : "held"
  },
})

/** Names under which proxies tell of a client, and spellings of them. */
const headers = [
  "x-client-cert",
  "X_Client_Cert",
  "x-forwarded-client-cert",
  "client-cert",
  "client-cert-chain",
  "ssl-client-cert",
  "ssl-client-verify",
  "x-ssl-client-verify",
  "x-forwarded-proto",
  "x-forwarded-host",
  "forwarded",
  "x-forwarded-for",
] as const

export const forged = shellLaw({
  id: "what-a-client-writes-is-not-what-a-proxy-saw",
  sentence:
    "no header but the token's and the host's changes a verdict, whatever it says of certificates, hosts or protocols",
  sources: ["design:request", "advisory:forged-header"],
  onlyCatches: "none",
  plans: fc.record({
    connection: someConnections,
    request: someRequests,
    names: fc.subarray([...headers], { minLength: 1 }),
    says: fc.constantFrom("certificate", "SUCCESS", "https", "a.example", "b.example"),
  }),
  run: async (shell, plan) => {
    const issued = await certificates()
    const guard = shell.createGuard(generationOf(everything, issued))
    const text = plan.says === "certificate" ? encodeURIComponent(issued.alice.pem) : plan.says
    const others = Object.fromEntries(plan.names.map((name) => [name.toLowerCase(), text]))
    const ask = (given: Readonly<Record<string, string>>) =>
      check(guard, factsOf(connect(plan.connection, issued), plan.request, issued, given))
    const [without, withThem] = [await ask({}), await ask(others)]
    return isDeepStrictEqual(without, withThem)
      ? "held"
      : { wrong: `${told(without)}, and with headers ${told(withThem)}` }
  },
})

export const nonsense = shellLaw({
  id: "a-store-that-answers-nonsense-opens-nothing",
  sentence:
    "whatever a store answers, throws or rejects, is a denial, unless it is a record of the right shape; nothing is thrown at the caller",
  sources: ["design:guard", "advisory:fault-opens", "advisory:truthy-allows"],
  onlyCatches: "none",
  plans: fc.record({
    says: fc.anything({ maxDepth: 2, withNullPrototype: true }),
    how: fc.constantFrom("returned", "listed", "resolved", "thrown", "rejected"),
    request: someRequests.map((one) => ({ ...one, token: "bound" as const })),
    isBoth: fc.boolean(),
  }),
  run: async (shell, { says, how, request, isBoth }) => {
    if (request.path === "/listed" || request.path === "/authority") return "idle"
    const issued = await certificates()
    const store = answering(how, says)
    const untyped = isBoth ? { sessions: store, certificates: store } : { sessions: store }
    const guard = shell.createGuard(Object.assign(generationOf(everything, issued), untyped))
    const plan = { encrypted: true, serverName: hostOf[request.path], chain: ["alice"] } as const
    const verdict = await check(guard, factsOf(connect(plan, issued), request, issued))
    return verdict._tag === "Deny" ? "held" : { wrong: told(verdict) }
  },
})

function answering(how: string, says: unknown): (keys: readonly unknown[]) => unknown {
  return (keys) => {
    const answer: unknown = how === "listed" ? keys.map(() => says) : says
    if (how === "thrown") throw says
    if (how === "rejected") return Promise.reject(says)
    return how === "resolved" ? Promise.resolve(answer) : answer
  }
}
