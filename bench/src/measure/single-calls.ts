import type { Subject } from "./interleave.ts"
import { median, quantile } from "./statistics.ts"

/** Nanoseconds that the given share of single calls stay under, the clock's own cost taken off. */
export function singleCalls({ run }: Subject, calls: number, share: number): number {
  const empty = timed(() => {}, calls)
  const samples = timed(() => run(1), calls)
  return quantile(samples, share) - median(empty)
}

function timed(call: () => unknown, calls: number): Float64Array {
  const samples = new Float64Array(calls)
  for (let i = 0; i < calls; i++) {
    const start = process.hrtime.bigint()
    call()
    samples[i] = Number(process.hrtime.bigint() - start)
  }
  return samples
}
