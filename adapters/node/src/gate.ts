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
  /** The object that was admitted: what inherits or copies its members is another request. */
  readonly of: object
  readonly guard: Guard
  readonly method: string | undefined
  readonly target: string | undefined
  readonly verdict: Allow
  /** The API that the handler named; without it the guard's routes said. */
  readonly api: string | undefined
}

/** The request keeps its own admission: a WeakMap costs a third of a decision more, and every collection. */
const admission = Symbol("countersign.admission")

interface Admitted {
  [admission]?: Admission
}

function admissionOf(key: object): Admission | undefined {
  const known = (key as Admitted)[admission]
  return known?.of === key ? known : undefined
}

/** The verdict on a request, or on an HTTP/2 stream, that reached its handler. */
export function verdictOf(
  request: IncomingMessage | Http2ServerRequest | ServerHttp2Stream,
): Verdict | undefined {
  return admissionOf(keyOf(request))?.verdict
}

/**
 * Decides about a request, or returns what this guard decided at an earlier entrance, unless method
 * or target were rewritten since. With `api` the handler says which API it serves.
 */
export function judge(gate: Gate, message: Message, api?: string): Verdict | Promise<Verdict> {
  const { guard, clock } = gate
  const head = headOf(message)
  const earlier = admissionOf(keyOf(message))
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
  const key: Admitted = keyOf(message)
  const isNew = admissionOf(key)?.verdict !== verdict
  const stripped =
    isNew && verdict.obligations.length > 0
      ? stripAuthorizationData(message, guard, verdict)
      : undefined
  const { method, url: target } = message
  key[admission] = { of: key, guard, method, target, verdict, api }
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
