import type { IncomingHttpHeaders } from "node:http"
import { askHttp1 } from "./ask-http1.ts"
import { askHttp2 } from "./ask-http2.ts"

/** One request as a client makes it, on a connection of its own. */
export interface Asked {
  readonly port: number
  /** Default the loopback address. */
  readonly address?: string | undefined
  readonly http: 1 | 2
  readonly plain?: boolean
  readonly method?: string
  readonly path: string
  /** `Host` or `:authority`; default the address. */
  readonly host?: string | undefined
  /** TLS server name; default none. */
  readonly serverName?: string | undefined
  readonly cert?: string | undefined
  readonly key?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** A TLS session to resume; a server that does not is an error. */
  readonly session?: Buffer | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** For a later connection; undefined where the server offers none. */
  readonly session: Buffer | undefined
}

/** Asks and reads the answer to its end; certificates of servers are not looked at. */
export function ask(asked: Asked): Promise<Reply> {
  return asked.http === 2 ? askHttp2(asked) : askHttp1(asked)
}
