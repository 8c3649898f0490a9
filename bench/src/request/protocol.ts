/** What the section, its servers and its load say to each other. */

export const hostNames = ["node", "fastify.http1", "fastify.http2", "koa"] as const
export type HostName = (typeof hostNames)[number]

/** How often a request passes the guard: never, once, and often enough to see what one passage costs. */
export const passages = [0, 1, 33] as const
export type Passages = (typeof passages)[number]

/** Certificate and key in PEM. */
export interface Tls {
  readonly key: string
  readonly cert: string
}

/** What the servers' process says when all of them listen. */
export interface Ready {
  readonly ports: Readonly<Record<HostName, Readonly<Record<Passages, number>>>>
  readonly client: Tls
  readonly target: string
  readonly token: string
}

/** What it answers to anything: microseconds of CPU that it has used. */
export interface Used {
  readonly cpu: number
}

/** What the load's process is asked. */
export interface Load {
  readonly port: number
  readonly isHttp2: boolean
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly client: Tls
  readonly connections: number
  readonly amount: number
}

/** What it answers once every request was answered with 200. */
export interface Loaded {
  readonly seconds: number
  /** Microseconds from request to response. */
  readonly p50: number
  readonly p99: number
}
