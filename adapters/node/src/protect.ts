import type { Server as HttpServer, IncomingMessage, ServerResponse } from "node:http"
import type { Server as HttpsServer } from "node:https"
import type { Socket } from "node:net"
import type { Verdict } from "@countersign/engine"
import type { BodyFormat, Guard } from "@countersign/guard"
import { answerOn, answerOver } from "./answer.ts"
import { connectionOf, headOf } from "./facts.ts"
import { stripAuthorizationData } from "./strip.ts"

export interface ProtectOptions {
  /** The body of denials; default `json`. */
  readonly body?: BodyFormat
  /** Epoch milliseconds; default `Date.now`. */
  readonly clock?: () => number
}

const verdicts = new WeakMap<IncomingMessage, Verdict>()

/** The verdict on a request that reached its handler. */
export function verdictOf(request: IncomingMessage): Verdict | undefined {
  return verdicts.get(request)
}

/**
 * Puts a guard before every way into a server: `request`, and `upgrade`, `connect`, `checkContinue`
 * and `checkExpectation`, whose listeners Node calls without `request`. Listeners may be added
 * before or after. A server is protected once; a second call is a `TypeError`.
 */
export function protect<S extends HttpServer | HttpsServer>(
  server: S,
  guard: Guard,
  options: ProtectOptions = {},
): S {
  if (protectedServers.has(server)) throw new TypeError("this server is protected already")
  protectedServers.add(server)
  server.prependListener("secureConnection", connectionOf)
  const { clock = Date.now, body = "json" } = options
  const emit = server.emit.bind(server) as (event: string, ...values: unknown[]) => boolean
  const guarded = (event: string, ...values: unknown[]): boolean => {
    if (!entrances.has(event)) return emit(event, ...values)
    const [request, target] = values as [IncomingMessage, ServerResponse | Socket]
    const enter = (): void => {
      emit(event, ...values)
    }
    const facts = { now: clock(), connection: connectionOf(request.socket), head: headOf(request) }
    const verdict = guard.check(facts)
    if (verdict instanceof Promise) waitFor(verdict, guard, request, target, body, enter)
    else settle(verdict, guard, request, target, body, enter)
    return true
  }
  server.emit = guarded as S["emit"]
  return server
}

const protectedServers = new WeakSet<object>()
const entrances: ReadonlySet<string> = new Set([
  "request",
  "upgrade",
  "connect",
  "checkContinue",
  "checkExpectation",
])

/** The handler runs outside the promise: what it throws is its own fault, not a rejection of ours. */
function waitFor(
  verdict: Promise<Verdict>,
  guard: Guard,
  request: IncomingMessage,
  target: ServerResponse | Socket,
  body: BodyFormat,
  enter: () => void,
): void {
  const ignore = (): void => {}
  target.on("error", ignore)
  void verdict.then((settled) => {
    process.nextTick(() => {
      target.off("error", ignore)
      if (!request.socket.destroyed) settle(settled, guard, request, target, body, enter)
    })
  })
}

function settle(
  verdict: Verdict,
  guard: Guard,
  request: IncomingMessage,
  target: ServerResponse | Socket,
  body: BodyFormat,
  enter: () => void,
): void {
  if (verdict._tag === "Allow") {
    verdicts.set(request, verdict)
    if (verdict.obligations.length > 0) stripAuthorizationData(request, guard)
    enter()
  } else if ("writeHead" in target) answerOn(target, verdict, body)
  else answerOver(target, verdict, body)
}
