import type { Interval } from "../request.ts"
import { expired, notYetValid, pathExpired, pathNotYetValid, type Refusal } from "./refusal.ts"

const SECOND = 1000

/** Whole seconds, rounded down (RFC 5280 §4.1.2.5 knows no fractions); what is no number is no instant. */
export function wholeSeconds(now: number): number {
  return Number.isFinite(now) ? Math.floor(now / SECOND) * SECOND : Number.NaN
}

/** Whether `a ≤ b` for two finite instants; anything else (NaN, null, a string) is never in time. */
export function atMost(a: number, b: number): boolean {
  return Number.isFinite(a) && Number.isFinite(b) && a <= b
}

/** Whether the instant lies inside the interval, both ends included; an absent interval holds nothing. */
export function contains(interval: Interval | undefined, now: number): boolean {
  return interval !== undefined && atMost(interval.notBefore, now) && atMost(now, interval.notAfter)
}

/** Why a leaf is out of its time. */
export function leafOutOfTime(interval: Interval | undefined, now: number): Refusal {
  return interval !== undefined && now < interval.notBefore ? notYetValid : expired
}

/** Why a path is out of its time. */
export function pathOutOfTime(interval: Interval, now: number): Refusal {
  return now < interval.notBefore ? pathNotYetValid : pathExpired
}
