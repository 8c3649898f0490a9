import { decide, type Policy, type Request } from "@countersign/engine"
import type { Subject } from "../measure/interleave.ts"
import { root } from "../root.ts"
import { apiId, digest, now, orgId, policyOf, requestOf, sessionOf, validity } from "./world.ts"

/** What the other engines read; see `peers/src/rule.js`. */
interface Facts {
  readonly tls: boolean
  readonly hostAgrees: boolean
  readonly leaf: string
  readonly now: number
  readonly notBefore: number
  readonly notAfter: number
  readonly enrolled: boolean
  readonly org: string
  readonly active: boolean
  readonly expiresAt: number
  readonly apis: readonly string[]
  readonly bindings: readonly string[]
}

interface Peer {
  readonly name: string
  readonly isAsync: boolean
  readonly prepare: (facts: object) => () => boolean | Promise<boolean>
}

/** The same requests for this engine and for the others, all of which allow them. */
export interface Comparison {
  readonly policy: Policy
  readonly requests: readonly Request[]
  readonly peers: readonly Subject[]
}

const LISTED = 10
const DIFFERENT = 64

/**
 * Expresses one rule, an allow list of ten and a token bound to its certificate, in every engine, and
 * checks that all give the same answers.
 */
export async function comparison(): Promise<Comparison> {
  const leaves = Array.from({ length: LISTED }, (_, i) => digest(i))
  const policy = policyOf({
    staticMtls: { leaves, anchors: [] },
    identity: { _tag: "authToken", certificate: false },
  })
  const peers = await load({ api: apiId, org: orgId, leaves })
  await compareAnswers(policy, peers)
  const allowed = Array.from({ length: DIFFERENT }, (_, i) => factsOf(i))
  return {
    policy,
    requests: allowed.map(toRequest),
    peers: peers.map((one) => timed(one, allowed)),
  }
}

async function load(rule: object): Promise<readonly Peer[]> {
  const found = await import(new URL("peers/src/index.js", root).href)
  return found.createPeers(rule)
}

function factsOf(i: number, rest: Partial<Facts> = {}): Facts {
  const leaf = digest(i % LISTED)
  return {
    tls: true,
    hostAgrees: true,
    leaf,
    now,
    ...validity,
    enrolled: true,
    org: orgId,
    active: true,
    expiresAt: now + 1000 * (i + 1),
    apis: ["invoices", apiId, "stock"],
    bindings: [leaf],
    ...rest,
  }
}

/** One change for each condition of the rule. */
const denied: readonly Partial<Facts>[] = [
  { tls: false },
  { hostAgrees: false },
  { leaf: digest("stranger"), bindings: [digest("stranger")] },
  { notBefore: now + 1000 },
  { notAfter: now - 1000 },
  { bindings: [digest("stranger")] },
  { enrolled: false },
  { org: "another" },
  { active: false },
  { expiresAt: now - 1000 },
  { apis: ["invoices", "stock"] },
]

async function compareAnswers(policy: Policy, peers: readonly Peer[]): Promise<void> {
  for (const change of [{}, ...denied]) {
    const facts = factsOf(3, change)
    const expected = Object.keys(change).length === 0
    const own = decide(policy, toRequest(facts))._tag === "Allow"
    const answers: (readonly [string, boolean])[] = [["countersign", own]]
    for (const { name, prepare } of peers) {
      answers.push([name, await prepare(withDifferences(facts))()])
    }
    const wrong = answers.filter(([, answer]) => answer !== expected)
    if (wrong.length > 0) {
      const names = wrong.map(([name]) => name).join(", ")
      throw new Error(`${names}: not ${expected} for ${JSON.stringify(change)}`)
    }
  }
}

/** For engines that compare a fact with a constant only. */
function withDifferences(facts: Facts): object {
  return {
    ...facts,
    sinceNotBefore: facts.now - facts.notBefore,
    untilNotAfter: facts.notAfter - facts.now,
    untilExpiry: facts.expiresAt - facts.now,
  }
}

function toRequest(facts: Facts, i = 0): Request {
  const { leaf, tls, hostAgrees, enrolled, org, active, expiresAt, apis, bindings } = facts
  const authToken = sessionOf(i, { orgId: org, active, expiresAt, apis, bindings })
  return requestOf({ leaf, tls, hostAgrees, authToken, holder: { enrolled }, validity: facts })
}

/** What was answered last. */
export const kept: { answer: boolean } = { answer: false }

function timed({ name, isAsync, prepare }: Peer, allowed: readonly Facts[]): Subject {
  const calls = allowed.map((facts) => prepare(withDifferences(facts)))
  const weight = weights[name] ?? 100
  if (isAsync) return { name, weight, run: (count) => inTurnAsync(calls, count) }
  return { name, weight, run: (count) => inTurn(calls, count) }
}

/** How much dearer than `decide`, roughly: only to give every engine as much time. */
const weights: Readonly<Record<string, number>> = {
  "@casl/ability": 10,
  "casbin, sync, one policy": 40,
  "json-rules-engine": 300,
  "@cedar-policy/cedar-wasm, preparsed": 500,
}

function inTurn(calls: readonly (() => boolean | Promise<boolean>)[], count: number): void {
  for (let i = 0; i < count; i++) kept.answer = calls[i % calls.length]?.() === true
}

async function inTurnAsync(
  calls: readonly (() => boolean | Promise<boolean>)[],
  count: number,
): Promise<void> {
  for (let i = 0; i < count; i++) kept.answer = (await calls[i % calls.length]?.()) === true
}
