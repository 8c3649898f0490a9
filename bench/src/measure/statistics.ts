/** The value below which a share of the samples lies, nearest rank; NaN of nothing. */
export function quantile(samples: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(samples).sort()
  const rank = Math.ceil(share * sorted.length) - 1
  return sorted[Math.max(0, rank)] ?? Number.NaN
}

export function median(samples: ArrayLike<number>): number {
  const sorted = Float64Array.from(samples).sort()
  const { length } = sorted
  if (length === 0) return Number.NaN
  const upper = sorted[length >> 1] ?? Number.NaN
  return length % 2 === 1 ? upper : (upper + (sorted[(length >> 1) - 1] ?? Number.NaN)) / 2
}

/** Element by element: what was measured in one round belongs together, what drifts cancels out. */
export function ratios(these: readonly number[], those: readonly number[]): number[] {
  return these.map((value, i) => value / (those[i] ?? Number.NaN))
}
