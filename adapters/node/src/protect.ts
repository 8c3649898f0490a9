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
  return putBefore(server, createGate(guard, options), [...sideEntrances, "request"])
}

/**
 * Puts a guard before the ways into a server that a framework does not see, and leaves `request` to
 * the framework's own adapter. Listeners of HTTP/2 streams are asked for by nobody but the
 * application, so that streams are decided here only where the application has any.
 */
export function protectSideEntrances<S extends NodeServer>(
  server: S,
  guard: Guard,
  options: ProtectOptions = {},
): S {
  return putBefore(server, createGate(guard, options), sideEntrances)
}

const sideEntrances = ["upgrade", "connect", "checkContinue", "checkExpectation"]
const protectedServers = new WeakSet<object>()

function putBefore<S extends NodeServer>(server: S, gate: Gate, events: readonly string[]): S {
  if (protectedServers.has(server)) throw new TypeError("this server is protected already")
  protectedServers.add(server)
  server.prependListener("secureConnection", connectionOf)
  guardSessions(server, gate, events.includes("request"))
  const entrances = new Set(events)
  const emit = server.emit.bind(server) as (event: string, ...values: unknown[]) => boolean
  const guarded = (event: string, ...values: unknown[]): boolean => {
    if (!entrances.has(event) || server.listenerCount(event) === 0) return emit(event, ...values)
    const [request, target] = values as [Message, Target]
    pass(gate, request, target, () => {
      emit(event, ...values)
    })
    return true
  }
  server.emit = guarded as S["emit"]
  return server
}
