import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from "node:http2"
import type { Socket } from "node:net"
import type { Message } from "./facts.ts"
import type { Gate } from "./gate.ts"
import type { NodeServer } from "./node-server.ts"
import { pass } from "./pass.ts"

/**
 * Guards HTTP/2 streams where sessions announce them, so that listeners of a session are met as well
 * as those of the server. Where requests are left to a framework, only if anybody but Node listens.
 */
export function guardSessions(server: NodeServer, gate: Gate, leavesRequests: () => boolean): void {
  server.prependListener("session", (session: ServerHttp2Session) => {
    const emit = session.emit.bind(session) as (event: string, ...values: unknown[]) => boolean
    const guarded = (event: string, ...values: unknown[]): boolean => {
      if (event !== "stream") return emit(event, ...values)
      if (leavesRequests() && !hasOwnListeners(server, session)) return emit(event, ...values)
      const [stream, headers, , rawHeaders] = values as StreamEvent
      if (session.destroyed) return true
      pass(gate, messageOf(session, stream, headers, rawHeaders), stream, () => {
        emit(event, ...values)
      })
      return true
    }
    session.emit = guarded as ServerHttp2Session["emit"]
  })
}

type StreamEvent = [ServerHttp2Stream, IncomingHttpHeaders, number, string[]]

/** Node itself listens once to the session and, for `request`, once to the server. */
function hasOwnListeners(server: NodeServer, session: ServerHttp2Session): boolean {
  return session.listenerCount("stream") > 1 || server.listenerCount("stream") > 1
}

function messageOf(
  session: ServerHttp2Session,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: string[],
): Message & { readonly stream: ServerHttp2Stream } {
  return {
    httpVersionMajor: 2,
    method: headers[":method"],
    get url() {
      return headers[":path"]
    },
    set url(target: string | undefined) {
      headers[":path"] = target
    },
    headers,
    rawHeaders,
    socket: session.socket as Socket,
    stream,
  }
}
