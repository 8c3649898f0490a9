import type { Certificate, Validity } from "../certificate/certificate.ts"
import type { Anchors } from "./anchors.ts"
import type { Interval } from "./examination.ts"
import type { Pool } from "./pool.ts"

const second = 1000

/** The time around `now` in which no certificate that a search can meet begins or ceases to be valid. */
export function completeWithin(
  leaf: Certificate,
  anchors: Anchors,
  pool: Pool,
  now: number,
): Interval {
  const presented = [leaf, ...[...pool.values()].flat().map(({ certificate }) => certificate)]
  const issuers = new Set(presented.map(({ issuer }) => issuer.key))
  const configured = [...issuers].flatMap((key) => anchors.bySubject.get(key) ?? [])
  const validities = [...presented, ...configured.map(({ certificate }) => certificate)].map(
    ({ validity }) => validity,
  )
  return validities.reduce((interval, validity) => narrow(interval, validity, now), {
    from: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
  })
}

function narrow(
  { from, until }: Interval,
  { notBefore, notAfter }: Validity,
  now: number,
): Interval {
  const starts = [notBefore, notAfter + second]
  return {
    from: Math.max(from, ...starts.filter((start) => start <= now)),
    until: Math.min(until, ...starts.filter((start) => start > now).map((start) => start - second)),
  }
}
