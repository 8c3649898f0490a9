import type { Interval } from "../request.ts"
import { expired, notYetValid, pathExpired, pathNotYetValid, type Refusal } from "./refusal.ts"

const SECOND = 1000

/**
 * The second that an instant lies in (RFC 5280 §4.1.2.5 knows no fractions); what is no number is a fault,
 * because a decision that no clock was asked for would hold for ever.
 * Rules pass it on in seconds, which are small integers: milliseconds would be an object for V8.
 */
export function wholeSeconds(now: number): number {
  if (!Number.isFinite(now)) throw new TypeError("the time of a request must be a number")
  return Math.floor(now / SECOND)
}

/** Epoch milliseconds of a second. */
export function instantOf(seconds: number): number {
  return seconds * SECOND
}

/** Whether `a ≤ b` for two finite instants; anything else (NaN, null, a string) is never in time. */
export function atMost(a: number, b: number): boolean {
  return Number.isFinite(a) && Number.isFinite(b) && a <= b
}

/** Whether the second lies inside the interval, both ends included; an absent interval holds nothing. */
export function contains(interval: Interval | undefined, seconds: number): boolean {
  if (interval === undefined) return false
  const { notBefore, notAfter } = interval
  const now = instantOf(seconds)
  const isReadable = Number.isFinite(notBefore) && Number.isFinite(notAfter)
  return isReadable && notBefore <= now && now <= notAfter
}

/** Why a leaf is out of its time. */
export function leafOutOfTime(interval: Interval | undefined, seconds: number): Refusal {
  return interval !== undefined && instantOf(seconds) < interval.notBefore ? notYetValid : expired
}

/** Why a path is out of its time. */
export function pathOutOfTime(interval: Interval, seconds: number): Refusal {
  return instantOf(seconds) < interval.notBefore ? pathNotYetValid : pathExpired
}
