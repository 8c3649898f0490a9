/** Something to be timed: it makes that many calls and keeps the results alive. */
export interface Subject {
  readonly name: string
  readonly run: (calls: number) => void | Promise<void>
  /** Makes what the next run is given, outside of its time. */
  readonly prepare?: (calls: number) => void
  /** How much dearer than the cheapest it is: that many times fewer calls a round. Default 1. */
  readonly weight?: number
}

export interface Rounds {
  readonly rounds: number
  readonly calls: number
  /** Before the first round, for each subject; default fifty rounds' worth. */
  readonly warmUp?: number
  readonly progress?: (share: number) => void
}

/**
 * Nanoseconds a call of every subject in every round. Each round asks all subjects, every second one
 * in reverse order, so that what happens to the machine happens to all of them.
 */
export async function interleave(
  subjects: readonly Subject[],
  { rounds, calls, warmUp = calls * 50, progress = () => {} }: Rounds,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const samples = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  // Twice, because the first pass of the last subject may undo what was compiled for the first.
  for (const subject of [...subjects, ...subjects]) {
    const count = share(warmUp / 2, subject)
    subject.prepare?.(count)
    await subject.run(count)
  }
  for (let round = 0; round < rounds; round++) {
    for (const subject of round % 2 === 0 ? subjects : subjects.toReversed()) {
      const count = share(calls, subject)
      subject.prepare?.(count)
      const start = process.hrtime.bigint()
      const pending = subject.run(count)
      if (pending !== undefined) await pending
      const nanoseconds = Number(process.hrtime.bigint() - start)
      samples.get(subject.name)?.push(nanoseconds / count)
    }
    progress((round + 1) / rounds)
  }
  return samples
}

function share(calls: number, { weight = 1 }: Subject): number {
  return Math.max(1, Math.round(calls / weight))
}
