import type { Policy, Request, Session, Verdict } from "@countersign/engine"
import type { RequestFacts } from "./request-facts.ts"

/** One verdict, for logs, counters and measurements. */
export interface Decision {
  readonly verdict: Verdict
  /** The API that was asked for; `undefined` where none was found. */
  readonly api: string | undefined
  /** `Session.id` of the token's session or, without one, of the certificate's: a hash, never a key. */
  readonly session: string | undefined
  /** SHA-256 of the presented leaf, in hexadecimal. */
  readonly leaf: string | undefined
  /** `Guard.generation` under which the request was decided. */
  readonly generation: number
  /** From the guard's first look at the request to its verdict, the stores' time included. */
  readonly nanoseconds: number
  /** The presented leaf ends within the days of `expiryWarningDays`; epoch milliseconds. */
  readonly expiringAt: number | undefined
  /** What the adapter handed over. It holds the token: write it nowhere. */
  readonly facts: RequestFacts
  /** What `decide` was given; `undefined` for a request that reached no policy. */
  readonly judged: { readonly policy: Policy; readonly request: Request } | undefined
}

/** The session that a request speaks of, allowed or not. */
export function sessionOf({ credentials, holder }: Request): Session | undefined {
  const { authToken } = credentials
  const presented = typeof authToken === "object" ? authToken.session : undefined
  return presented ?? holder?.session
}

const DAY = 86_400_000

/** When the presented leaf ends, if that is within so many days from now. */
export function expiryWithin(request: Request, days: number): number | undefined {
  const { connection, now } = request
  const peer = connection._tag === "tls" ? connection.peer : "none"
  const end = peer === "none" ? undefined : peer.leaf.validity?.notAfter
  return end !== undefined && now <= end && end - now <= days * DAY ? end : undefined
}
