import {
  decide,
  type Explanation,
  explain,
  type Policy,
  type Request,
  type Verdict,
} from "@countersign/engine"
import type { RequestHead, TokenSource } from "@countersign/http"
import { checkOptions } from "./check-options.ts"
import { withDeadline } from "./deadline.ts"
import { type GuardReason, guardDenial } from "./denial.ts"
import { EvidenceCache, type EvidenceOptions } from "./evidence/evidence.ts"
import { type Answers, lookUp, type Stores } from "./look-up.ts"
import type { Api, PolicySet } from "./policy-set.ts"
import { type Prepared, prepare, routeOf } from "./prepare.ts"
import type { RequestFacts } from "./request-facts.ts"
import { toRequest } from "./to-request.ts"

/** Everything that one reload replaces. */
export interface Generation extends Stores {
  readonly policies: PolicySet
}

export interface GuardOptions extends Generation {
  /** Bounds of what is remembered of examined chains. */
  readonly evidence?: EvidenceOptions
  /**
   * Whether a connection without server name was asked for a certificate; true for the servers that
   * the adapters make.
   */
  readonly defaultAsksForCertificate?: boolean
  /** Milliseconds that the stores may take for one request, before it is `guard.unavailable`; default 5000. */
  readonly storeDeadline?: number
  /** Hears what is no client's business: a store that failed, a fault of our own. */
  readonly onProblem?: (problem: GuardProblem) => void
  /** Hears every verdict of `check` with what it was made from; what it throws is ignored. */
  readonly onDecision?: (decision: Decision) => void
}

/** One verdict, for logs and measurements; the facts hold the token, so do not write them anywhere. */
export interface Decision {
  readonly facts: RequestFacts
  readonly verdict: Verdict
  /** What `decide` was given; `undefined` for a request that reached no policy. */
  readonly judged: { readonly policy: Policy; readonly request: Request } | undefined
}

export interface GuardProblem {
  /** `leaf_unreadable`: a certificate was presented that TLS took and the strict reader does not; it is no peer. */
  readonly code: "store_failed" | "fault" | "leaf_unreadable"
  readonly cause: unknown
}

export interface Guard {
  /**
   * Decides one request, without a promise where the stores answer without one.
   * Never throws and never rejects: whatever goes wrong is a denial.
   */
  readonly check: (facts: RequestFacts) => Verdict | Promise<Verdict>
  /** Decides as `check` does and reports every rule that was tried. */
  readonly explain: (facts: RequestFacts) => Explanation | Promise<Explanation>
  /** Where the token stood that an Allow with `strip_authorization_data` rests on. */
  readonly tokenOf: (verdict: Verdict) => TokenSource | "none"
  /** The API that a request is routed to, if there is one. */
  readonly apiOf: (head: RequestHead) => Api | undefined
  /** Replaces policies and stores at once; a request under way ends under those it began with. */
  readonly replace: (next: Partial<Generation>) => void
  /** Counts the replacements. */
  readonly generation: () => number
}

const defaultDeadline = 5000

/** Makes the guard of one server; incomplete options are a `TypeError`. It routes a request to its policy, asks the stores and decides. */
export function createGuard(options: GuardOptions): Guard {
  checkOptions(options)
  const cache = new EvidenceCache(options.evidence)
  const checking = checkingFor(options.onDecision)
  let current: Generation = options
  let generation = 0
  const through = <A>(facts: RequestFacts, end: End<A>): A | Promise<A> =>
    answer({ under: current, cache, options, facts, end })
  return {
    check: (facts) => through(facts, checking),
    explain: (facts) => through(facts, explaining),
    tokenOf: (verdict) => stripped.get(verdict) ?? "none",
    apiOf: (head) => {
      const route = routeOf(current.policies, head)
      return typeof route === "string" ? undefined : route.api
    },
    replace: (next) => {
      const whole = { ...current, ...next }
      checkOptions(whole)
      current = whole
      generation += 1
    },
    generation: () => generation,
  }
}

/** What to make of a request that reached its policy, and of one that did not. */
interface End<A> {
  readonly judge: (api: Api, request: Request, facts: RequestFacts) => A
  readonly deny: (denial: ReturnType<typeof guardDenial>, facts: RequestFacts) => A
}

function checkingFor(onDecision: GuardOptions["onDecision"]): End<Verdict> {
  if (onDecision === undefined) return { judge: decideFor, deny: (denial) => denial }
  const told = (decision: Decision): Verdict => {
    tell(onDecision, decision)
    return decision.verdict
  }
  return {
    judge: (api, request, facts) => {
      const verdict = decideFor(api, request)
      return told({ facts, verdict, judged: { policy: api.policy, request } })
    },
    deny: (verdict, facts) => told({ facts, verdict, judged: undefined }),
  }
}

/** What an Allow obliges to remove is that of the policies it was made under, whatever has come since. */
const stripped = new WeakMap<Verdict, TokenSource>()

function decideFor({ policy, token }: Api, request: Request): Verdict {
  const verdict = decide(policy, request)
  if (verdict._tag === "Allow" && verdict.obligations.length > 0 && token !== "none") {
    stripped.set(verdict, token)
  }
  return verdict
}

const explaining: End<Explanation> = {
  judge: ({ policy }, request) => explain(policy, request),
  deny: (verdict) => ({ verdict, steps: [], because: undefined, change: undefined }),
}

/** One request on its way: under which generation it began, and what becomes of it. */
interface Passage<A> {
  readonly under: Generation
  readonly cache: EvidenceCache
  readonly options: GuardOptions
  readonly facts: RequestFacts
  readonly end: End<A>
}

function answer<A>(passage: Passage<A>): A | Promise<A> {
  const { under, cache, options, facts } = passage
  let prepared: Prepared | GuardReason
  try {
    prepared = prepare(under.policies, cache, options.defaultAsksForCertificate ?? true, facts)
  } catch (cause) {
    return failed(passage, "fault", "guard.fault", cause)
  }
  if (typeof prepared === "string") return denied(passage, prepared)
  let answers: Answers | Promise<Answers>
  try {
    answers = lookUp(prepared.question, under)
  } catch (cause) {
    return failed(passage, "store_failed", "guard.unavailable", cause)
  }
  return answers instanceof Promise
    ? waitFor(passage, prepared, answers)
    : judged(passage, prepared, answers)
}

function waitFor<A>(passage: Passage<A>, ready: Prepared, answers: Promise<Answers>): Promise<A> {
  return withDeadline(answers, passage.options.storeDeadline ?? defaultDeadline).then(
    (found) => judged(passage, ready, found),
    (cause: unknown) => failed(passage, "store_failed", "guard.unavailable", cause),
  )
}

function judged<A>(passage: Passage<A>, ready: Prepared, answers: Answers): A {
  const { cache, options, facts, end } = passage
  const { now, connection } = facts
  try {
    const request = toRequest(cache.leaves, now, connection, ready, answers)
    const unreadable = connection.takeUnreadable()
    if (unreadable !== undefined) report(options, { code: "leaf_unreadable", cause: unreadable })
    return end.judge(ready.api, request, facts)
  } catch (cause) {
    return failed(passage, "fault", "guard.fault", cause)
  }
}

function denied<A>({ under, facts, end }: Passage<A>, reason: GuardReason): A {
  return end.deny(guardDenial(under.policies.responses, reason), facts)
}

function failed<A>(
  passage: Passage<A>,
  code: GuardProblem["code"],
  reason: GuardReason,
  cause: unknown,
): A {
  report(passage.options, { code, cause })
  return denied(passage, reason)
}

function report({ onProblem }: GuardOptions, problem: GuardProblem): void {
  if (onProblem !== undefined) tell(onProblem, problem)
}

/** A listener that throws must not turn a denial into anything else. */
function tell<A>(listener: (event: A) => void, event: A): void {
  const ignore = (): void => {}
  try {
    const returned: unknown = listener(event)
    if (returned instanceof Promise) returned.catch(ignore)
  } catch {
    ignore()
  }
}
