import { interleave, type Subject } from "../measure/interleave.ts"
import { median } from "../measure/statistics.ts"

/** One ratio that must not grow beyond its limit. */
export interface Check {
  readonly name: string
  readonly limit: number
  /** Where the limit comes from. */
  readonly because: string
  readonly subject: Subject
  /** What it is compared with. */
  readonly base: Subject
  /** Of the cheaper of both in one slice, for a tenth of a millisecond or two. */
  readonly calls: number
  /** For each ratio; default 101. */
  readonly slices?: number
  readonly warmUp?: number
}

export interface Checked extends Check {
  readonly ratios: readonly number[]
  readonly median: number
  readonly isKept: boolean
}

export const RATIOS = 7

/**
 * Seven ratios, and whether their median is within the limit. Each is that of the medians of many
 * slices in turn: a slice is shorter than what a busy machine gives to another process, so that the
 * few that were interrupted do not count.
 */
export async function measure(check: Check): Promise<Checked> {
  const { subject, base, calls, slices = 101, warmUp = calls * 200, limit } = check
  const rounds = RATIOS * slices
  const times = await interleave([subject, base], { rounds, calls, warmUp })
  const all = Array.from({ length: RATIOS }, (_, i) => {
    const of = ({ name }: Subject): number =>
      median((times.get(name) ?? []).slice(i * slices, (i + 1) * slices))
    return of(subject) / of(base)
  })
  const middle = median(all)
  return { ...check, ratios: all, median: middle, isKept: middle <= limit }
}
