import type { TlsOptions } from "node:tls"
import type { Guard } from "@countersign/guard"
import type { NodeServer, ProtectOptions } from "@countersign/node"

/** A guarded server that answers every request it lets in with what its handler sees (`Seen`). */
export interface Running {
  readonly server: NodeServer
  readonly port: number
  readonly close: () => Promise<void>
}

/** Something that the suite can be run against. */
export interface Host {
  readonly name: string
  readonly http: 1 | 2
  readonly start: (
    guard: Guard,
    tls: TlsOptions | "plain",
    options?: ProtectOptions,
  ) => Promise<Running>
}

/** What a handler sees of a request: nothing of it may hold what was stripped. */
export interface Seen {
  readonly method: string | undefined
  readonly url: string | undefined
  /** What the framework keeps beside the request itself. */
  readonly kept: unknown
  readonly headers: unknown
  readonly raw: unknown
  readonly length: number
  readonly sessionBy: string | undefined
  readonly leafBy: string | undefined
}
