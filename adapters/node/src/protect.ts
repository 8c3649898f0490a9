import type { Guard } from "@countersign/guard"
import type { Target } from "./answer.ts"
import { connectionOf, type Message } from "./facts.ts"
import { createGate, type Gate, type ProtectOptions } from "./gate.ts"
import type { NodeServer } from "./node-server.ts"
import { pass } from "./pass.ts"
import { guardSessions } from "./sessions.ts"

/**
 * Puts a guard before every way into a server: `request`, and `upgrade`, `connect`, `checkContinue`
 * and `checkExpectation`, whose listeners Node calls without `request`; under HTTP/2 `stream` too.
 * Listeners may be added before or after. A server is protected once; a second call is a `TypeError`.
 */
export function protect<S extends NodeServer>(
  server: S,
  guard: Guard,
  options: ProtectOptions = {},
): S {
  return putBefore(server, createGate(guard, options), () => false)
}

/**
 * Puts a guard before the ways into a server that a framework does not see, and leaves requests to the
 * framework's own adapter as long as nobody else listens for them: the listeners of `request` that are
 * there now are taken for the framework's. Once another is added (WebSocket libraries put themselves
 * before the framework), requests are decided here too; so are HTTP/2 streams.
 */
export function protectSideEntrances<S extends NodeServer>(
  server: S,
  guard: Guard,
  options: ProtectOptions = {},
): S {
  let isFrameworks = true
  server.on("newListener", (event) => {
    if (event === "request") isFrameworks = false
  })
  return putBefore(server, createGate(guard, options), () => isFrameworks)
}

const entrances: ReadonlySet<string> = new Set([
  "request",
  "upgrade",
  "connect",
  "checkContinue",
  "checkExpectation",
])
const protectedServers = new WeakSet<object>()

function putBefore<S extends NodeServer>(server: S, gate: Gate, leavesRequests: () => boolean): S {
  if (protectedServers.has(server)) throw new TypeError("this server is protected already")
  protectedServers.add(server)
  server.prependListener("secureConnection", connectionOf)
  guardSessions(server, gate, leavesRequests)
  const emit = server.emit.bind(server) as (event: string, ...values: unknown[]) => boolean
  const isOpen = (event: string): boolean =>
    !entrances.has(event) ||
    server.listenerCount(event) === 0 ||
    (event === "request" && leavesRequests())
  const guarded = (event: string, ...values: unknown[]): boolean => {
    if (isOpen(event)) return emit(event, ...values)
    const [request, target] = values as [Message, Target]
    pass(gate, request, target, () => {
      emit(event, ...values)
    })
    return true
  }
  server.emit = guarded as S["emit"]
  return server
}
