import {
  type Deny,
  decide,
  type Explanation,
  explain,
  type Request,
  type Verdict,
} from "@countersign/engine"
import type { RequestHead, TokenSource } from "@countersign/http"
import { checkOptions } from "./check-options.ts"
import { withDeadline } from "./deadline.ts"
import { type Decision, expiryWithin, sessionOf } from "./decision.ts"
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
  /** `Decision.expiringAt` warns so many days ahead; default 30. */
  readonly expiryWarningDays?: number
  /** Hears every verdict of `check`; what it throws is ignored. Clocks are read only with a listener. */
  readonly onDecision?: (decision: Decision) => void
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
  /** `Session.id` of the session that a denied request spoke of, for logs: a hash, never a key. */
  readonly sessionOf: (denial: Deny) => string | undefined
  /** The API that a request is routed to, if there is one. */
  readonly apiOf: (head: RequestHead) => Api | undefined
  /** Replaces policies and stores at once; a request under way ends under those it began with. */
  readonly replace: (next: Partial<Generation>) => void
  /** Counts the replacements. */
  readonly generation: () => number
}

const defaultDeadline = 5000
const expiryWarningDays = 30

/** Makes the guard of one server; incomplete options are a `TypeError`. It routes a request to its policy, asks the stores and decides. */
export function createGuard(options: GuardOptions): Guard {
  checkOptions(options)
  const cache = new EvidenceCache(options.evidence)
  const checking = checkingFor(options)
  const clock = options.onDecision === undefined ? () => 0 : () => performance.now()
  let current: Generation = options
  let generation = 0
  const through = <A>(facts: RequestFacts, end: End<A>): A | Promise<A> =>
    answer({ under: current, generation, began: clock(), cache, options, facts, end })
  return {
    check: (facts) => through(facts, checking),
    explain: (facts) => through(facts, explaining),
    tokenOf: (verdict) => stripped.get(verdict) ?? "none",
    sessionOf: (denial) => deniedSessions.get(denial),
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
  readonly judge: (api: Api, request: Request, passage: Passage<A>) => A
  readonly deny: (denial: Deny, passage: Passage<A>, api: string | undefined) => A
}

function checkingFor({ onDecision }: GuardOptions): End<Verdict> {
  const deny = (denial: Deny): Verdict => denial
  return onDecision === undefined ? { judge: decideFor, deny } : telling(onDecision)
}

function telling(listener: (decision: Decision) => void): End<Verdict> {
  const told = (
    verdict: Verdict,
    { under, facts, generation, began, options }: Passage<Verdict>,
    api: string | undefined,
    request: Request | undefined,
  ): Verdict => {
    const policy = api === undefined ? undefined : under.policies.apis.get(api)?.policy
    tell(listener, {
      verdict,
      api,
      session: request && sessionOf(request)?.id,
      leaf: facts.connection.leaf?.hex,
      generation,
      nanoseconds: Math.round((performance.now() - began) * 1e6),
      expiringAt: request && expiryWithin(request, options.expiryWarningDays ?? expiryWarningDays),
      facts,
      judged: request && policy && { policy, request },
    })
    return verdict
  }
  return {
    judge: (api, request, passage) =>
      told(decideFor(api, request), passage, api.policy.apiId, request),
    deny: (denial, passage, api) => told(denial, passage, api, undefined),
  }
}

/** What an Allow obliges to remove is that of the policies it was made under, whatever has come since. */
const stripped = new WeakMap<Verdict, TokenSource>()

const deniedSessions = new WeakMap<Deny, string>()

function decideFor({ policy, token }: Api, request: Request): Verdict {
  const verdict = decide(policy, request)
  if (verdict._tag === "Deny") {
    // The verdict on a fault is one object for all requests.
    const session = verdict.reason === "guard.fault" ? undefined : sessionOf(request)
    if (session !== undefined) deniedSessions.set(verdict, session.id)
    return verdict
  }
  if (verdict.obligations.length > 0 && token !== "none") {
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
  readonly generation: number
  /** Read only where somebody listens. */
  readonly began: number
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
    return failed(passage, "store_failed", "guard.unavailable", cause, prepared)
  }
  return answers instanceof Promise
    ? waitFor(passage, prepared, answers)
    : judged(passage, prepared, answers)
}

function waitFor<A>(passage: Passage<A>, ready: Prepared, answers: Promise<Answers>): Promise<A> {
  return withDeadline(answers, passage.options.storeDeadline ?? defaultDeadline).then(
    (found) => judged(passage, ready, found),
    (cause: unknown) => failed(passage, "store_failed", "guard.unavailable", cause, ready),
  )
}

function judged<A>(passage: Passage<A>, ready: Prepared, answers: Answers): A {
  const { cache, options, facts, end } = passage
  const { now, connection } = facts
  try {
    const request = toRequest(cache.leaves, now, connection, ready, answers)
    const unreadable = connection.takeUnreadable()
    if (unreadable !== undefined) report(options, { code: "leaf_unreadable", cause: unreadable })
    return end.judge(ready.api, request, passage)
  } catch (cause) {
    return failed(passage, "fault", "guard.fault", cause, ready)
  }
}

function denied<A>(passage: Passage<A>, reason: GuardReason, ready?: Prepared): A {
  const denial = guardDenial(passage.under.policies.responses, reason)
  return passage.end.deny(denial, passage, ready?.api.policy.apiId)
}

function failed<A>(
  passage: Passage<A>,
  code: GuardProblem["code"],
  reason: GuardReason,
  cause: unknown,
  ready?: Prepared,
): A {
  report(passage.options, { code, cause })
  return denied(passage, reason, ready)
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
