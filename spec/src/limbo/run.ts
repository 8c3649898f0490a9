import { once } from "node:events"
import { Worker } from "node:worker_threads"
import type { LimboCase } from "./case.ts"
import type { JudgeOptions, Verdict } from "./judge.ts"

/** What became of one case; `over time` if it did not end within the limit. */
export interface Outcome {
  readonly id: string
  readonly expected: boolean
  readonly verdict: Verdict | "over time"
  readonly milliseconds: number
}

export interface Judge {
  readonly judge: (limboCase: LimboCase) => Promise<Verdict>
  readonly end: () => Promise<unknown>
}

const limitMilliseconds = 10_000

/** Runs cases one after the other, each in a thread that is terminated at the limit. */
export async function* runCases(
  cases: readonly LimboCase[],
  options: JudgeOptions,
  start: (options: JudgeOptions) => Judge = startThread,
  limit: number = limitMilliseconds,
): AsyncGenerator<Outcome, void> {
  let thread = start(options)
  for (const limboCase of cases) {
    const began = performance.now()
    const verdict = await within(limit, thread.judge(limboCase))
    if (verdict === "over time") {
      await thread.end()
      thread = start(options)
    }
    const expected = limboCase.expected_result === "SUCCESS"
    yield { id: limboCase.id, expected, verdict, milliseconds: performance.now() - began }
  }
  await thread.end()
}

async function within(limit: number, verdict: Promise<Verdict>): Promise<Verdict | "over time"> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<"over time">((resolve) => {
    timer = setTimeout(() => resolve("over time"), limit)
  })
  const first = await Promise.race([verdict, late])
  clearTimeout(timer)
  return first
}

function startThread(options: JudgeOptions): Judge {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: options })
  return {
    judge: async (limboCase) => {
      worker.postMessage(limboCase)
      const [verdict] = await once(worker, "message")
      return verdict
    },
    end: () => worker.terminate(),
  }
}
