import type { IncomingMessage } from "node:http"
import type { Http2ServerRequest, ServerHttp2Stream } from "node:http2"
import type { Allow, Verdict } from "@countersign/engine"
import type { BodyFormat, Guard } from "@countersign/guard"
import type { StrippedNames } from "@countersign/http"
import { connectionOf, headOf, type Message } from "./facts.ts"
import { stripAuthorizationData } from "./strip.ts"

export interface ProtectOptions {
  /** The body of denials; default `json`. */
  readonly body?: BodyFormat
  /** Epoch milliseconds; default `Date.now`. */
  readonly clock?: () => number
}

/** A guard as an adapter uses it. */
export interface Gate {
  readonly guard: Guard
  readonly body: BodyFormat
  readonly clock: () => number
}

export function createGate(guard: Guard, options: ProtectOptions = {}): Gate {
  return { guard, body: options.body ?? "json", clock: options.clock ?? Date.now }
}

interface Admission {
  readonly guard: Guard
  readonly method: string | undefined
  readonly target: string | undefined
  readonly verdict: Allow
  /** The API that the handler named; without it the guard's routes said. */
  readonly api: string | undefined
}

const admissions = new WeakMap<object, Admission>()

/** The verdict on a request, or on an HTTP/2 stream, that reached its handler. */
export function verdictOf(
  request: IncomingMessage | Http2ServerRequest | ServerHttp2Stream,
): Verdict | undefined {
  return admissions.get(keyOf(request))?.verdict
}

/**
 * Decides about a request, or returns what this guard decided at an earlier entrance, unless method
 * or target were rewritten since. With `api` the handler says which API it serves.
 */
export function judge(gate: Gate, message: Message, api?: string): Verdict | Promise<Verdict> {
  const { guard, clock } = gate
  const head = headOf(message)
  const earlier = admissions.get(keyOf(message))
  if (earlier !== undefined && isSame(earlier, guard, message)) {
    const decided = earlier.api ?? guard.apiOf(head)?.policy.apiId
    if (api === undefined || decided === api) return earlier.verdict
  }
  const facts = { now: clock(), connection: connectionOf(message.socket), head }
  return guard.check(api === undefined ? facts : { ...facts, api })
}

function isSame(earlier: Admission, guard: Guard, { method, url }: Message): boolean {
  return earlier.guard === guard && earlier.method === method && earlier.target === url
}

/** Does what an Allow obliges to, and remembers it for later entrances and for the handler. */
export function admit(
  { guard }: Gate,
  message: Message,
  verdict: Allow,
  api?: string,
): StrippedNames | undefined {
  const key = keyOf(message)
  const isNew = admissions.get(key)?.verdict !== verdict
  const stripped =
    isNew && verdict.obligations.length > 0
      ? stripAuthorizationData(message, guard, verdict)
      : undefined
  admissions.set(key, { guard, method: message.method, target: message.url, verdict, api })
  return stripped
}

/** HTTP/2 makes several objects of one request; the stream is what they share. */
function keyOf(request: object): object {
  const { httpVersionMajor, stream } = request as {
    readonly httpVersionMajor?: unknown
    readonly stream?: object
  }
  return httpVersionMajor === 2 && stream !== undefined ? stream : request
}
