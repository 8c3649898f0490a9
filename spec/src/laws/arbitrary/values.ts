import fc from "fast-check"
import type { CaseInterval, Instant } from "../../vectors/decision-case.ts"

/** Mostly the first value, which lets a decision go on; sometimes one of the others. It shrinks to the first. */
export function mostly<T>(usual: T, ...others: T[]): fc.Arbitrary<T> {
  const often = others.flatMap(() => Array.from({ length: OFTEN }, () => usual))
  return fc.constantFrom(...often, ...others)
}

/** A decision asks for a dozen facts; with this, about one in three finds all of them in its favour. */
const OFTEN = 14

/** For `fc.oneof`: a counterexample shrinks to the first kind of value. */
export const towardsFirst = { withCrossShrink: true } as const

/** The second at which cases are decided, give or take one. */
export const NOW: number = Date.UTC(2026, 5, 15, 12)
const HOUR = 3_600_000

export function instant(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString().replace(".000Z", "Z")
}

export function interval(from: number, to: number): CaseInterval {
  return [instant(NOW + from), instant(NOW + to)]
}

/** Around now, and with either end within a second of it. */
export const intervals: fc.Arbitrary<CaseInterval> = mostly(
  interval(-HOUR, HOUR),
  interval(0, HOUR),
  interval(-HOUR, 0),
  interval(1000, HOUR),
  interval(-HOUR, -1000),
)

/** An end: past, just past, now, future. */
export const ends: fc.Arbitrary<Instant> = mostly(
  instant(NOW + HOUR),
  instant(NOW),
  instant(NOW - 1000),
  instant(NOW + 1000),
  instant(0),
)

export const times: fc.Arbitrary<Instant> = mostly(
  instant(NOW),
  instant(NOW - 1),
  instant(NOW + 999),
  instant(NOW + 1000),
)
