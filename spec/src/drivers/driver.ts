import type { LoadedWorld } from "./loaded-world.ts"

/**
 * A gateway under test: something that can be told of a world and then be asked.
 *
 * Most drivers bring `name`, `load`, and an address: `request` is then `requestTo(address)`.
 */
export interface Driver {
  readonly name: string
  /** Makes the gateway serve this world and nothing else. */
  readonly load: (world: LoadedWorld, signal: AbortSignal) => Promise<undefined | Cannot>
  /** Sends one request on a connection of its own and tells what came of it. */
  readonly request: (exchange: Exchange, signal: AbortSignal) => Promise<Answer | Cannot>
  readonly close?: () => Promise<void>
}

/** What a gateway has no way to do, in a few words; the vectors concerned are skipped. */
export interface Cannot {
  readonly cannot: string
}

/** One request with everything that belongs to it. */
export interface Exchange {
  /** Of the vector. */
  readonly id: string
  readonly transport: "tls" | "plain"
  /** What the client presents: the leaf, whose key it holds, then whatever else it sends. */
  readonly client: { readonly chainPem: string; readonly privateKeyPem: string } | "none"
  /** TLS server name. */
  readonly serverName: string | "none"
  /** On a TLS session that an equal request before it began. */
  readonly resumed: boolean
  readonly method: string
  /** With the query; to be sent as it stands, whatever is wrong with it. */
  readonly path: string
  /** `Host` or `:authority`; `none` is the address that is connected to. */
  readonly host: string | "none"
  readonly headers: Readonly<Record<string, string>>
  /** Empty: none. It may be sent before an expectation (`expect: 100-continue`) is met. */
  readonly body: string
}

/** What came of a request. What a gateway does not show is left out, and is not compared. */
export interface Answer {
  readonly status: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Why it was denied, or `none` for a request that was let in. */
  readonly reason?: string | "none"
  /** The session that was let in, by `LoadedSession.name`. */
  readonly session?: string | "none"
  /** SHA-256 of the certificate that was accepted. */
  readonly leaf?: string | "none"
}
