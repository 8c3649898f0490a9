import { decide } from "@countersign/engine"
import type { Decision } from "@countersign/guard"

const SAMPLES = 200
const CALLS = 50

/** How the times are measured, for the header of the table. */
export const method: string = `median of ${SAMPLES} times ${CALLS} warm calls`

/** Microseconds of one `decide` on the very policy and request that were decided; the median. */
export function microsecondsOf({ judged }: Decision): number | undefined {
  if (judged === undefined) return undefined
  const { policy, request } = judged
  for (let i = 0; i < SAMPLES; i++) decide(policy, request)
  const samples = new Float64Array(SAMPLES)
  for (let sample = 0; sample < SAMPLES; sample++) {
    const start = process.hrtime.bigint()
    for (let call = 0; call < CALLS; call++) decide(policy, request)
    samples[sample] = Number(process.hrtime.bigint() - start) / 1000 / CALLS
  }
  return samples.sort()[SAMPLES / 2]
}
