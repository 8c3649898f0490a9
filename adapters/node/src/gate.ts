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
 * or target were rewritten since. With `apiId` the handler's API is known: a request that the guard
 * would decide as another one gets the answer of a request that no policy knows.
 */
export function judge(gate: Gate, message: Message, apiId?: string): Verdict | Promise<Verdict> {
  const { guard, clock } = gate
  const head = headOf(message)
  const isOther = apiId !== undefined && guard.apiOf(head)?.policy.apiId !== apiId
  if (!isOther) {
    const earlier = admissions.get(keyOf(message))
    if (earlier !== undefined && isSame(earlier, guard, message)) return earlier.verdict
  }
  return guard.check({
    now: clock(),
    connection: connectionOf(message.socket),
    head: isOther ? { ...head, ...nowhere } : head,
  })
}

/** Asterisk-form names a server, never an API (RFC 9112 §3.2.4). */
const nowhere = { method: "OPTIONS", target: "*" }

function isSame(earlier: Admission, guard: Guard, { method, url }: Message): boolean {
  return earlier.guard === guard && earlier.method === method && earlier.target === url
}

/** Does what an Allow obliges to, and remembers it for later entrances and for the handler. */
export function admit(
  { guard }: Gate,
  message: Message,
  verdict: Allow,
): StrippedNames | undefined {
  const key = keyOf(message)
  const isNew = admissions.get(key)?.verdict !== verdict
  const stripped =
    isNew && verdict.obligations.length > 0
      ? stripAuthorizationData(message, guard, verdict)
      : undefined
  admissions.set(key, { guard, method: message.method, target: message.url, verdict })
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
