/** What the section, its servers and its clients say to each other. */

/** Each kind of chain with and without us, so that both have the same handshake to make. */
export const serverNames = ["bare.leaf", "guarded.leaf", "bare.chain", "guarded.chain"] as const
export type ServerName = (typeof serverNames)[number]

/** Certificates and key in PEM. */
export interface Client {
  readonly leaf: string
  /** The leaf and its issuer. */
  readonly chain: string
  readonly key: string
}

/** What the servers' process says when all of them listen. */
export interface Ready {
  readonly ports: Readonly<Record<ServerName, number>>
  readonly clients: readonly Client[]
}

/** What it answers to anything: what was spent since the last question. */
export interface Spent {
  /** Microseconds of CPU of the process. */
  readonly cpu: number
  /** Microseconds from the first line of the adapter to its last, for each connection. */
  readonly added: readonly number[]
}

/** What the clients' process is asked, after a first message that brings the clients. */
export interface Connections {
  readonly port: number
  /** The first client, and the one after the last. */
  readonly from: number
  readonly to: number
  /** Whether the intermediate is sent too. */
  readonly hasChain: boolean
  /** With the TLS session of the client's last connection to the same port. */
  readonly isResumed: boolean
}

/** What it answers: how many of the connections were resumed. */
export interface Connected {
  readonly resumed: number
}
