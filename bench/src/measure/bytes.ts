import { PerformanceObserver } from "node:perf_hooks"
import { setImmediate } from "node:timers/promises"
import type { Subject } from "./interleave.ts"

/** Node has to be started with these; the space for new objects holds all that one run makes. */
export const bytesFlags: readonly string[] = [
  "--expose-gc",
  "--min-semi-space-size=128",
  "--max-semi-space-size=128",
]

const CALLS = 100_000
const ATTEMPTS = 10

/** Bytes allocated by one call. A run into which a collection fell is discarded and made again. */
export async function bytesPerCall({ name, run }: Subject): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    collect()
    const collections = new Collections()
    const before = process.memoryUsage().heapUsed
    await run(CALLS)
    const bytes = process.memoryUsage().heapUsed - before
    if (!(await collections.happened())) return bytes / CALLS
  }
  throw new Error(`${name}: every run of ${CALLS} calls met a collection`)
}

/** Collects everything that can be; needs `--expose-gc`. */
export function collect(): void {
  if (globalThis.gc === undefined) throw new Error("node was not started with --expose-gc")
  globalThis.gc()
  globalThis.gc()
}

/** Whether a collection began between construction and question. */
class Collections {
  readonly #start = performance.now()
  readonly #seen: number[] = []
  readonly #observer: PerformanceObserver

  constructor() {
    this.#observer = new PerformanceObserver((list) => this.#keep(list.getEntries()))
    this.#observer.observe({ entryTypes: ["gc"] })
  }

  async happened(): Promise<boolean> {
    const end = performance.now()
    // Entries are handed over in a later turn.
    await setImmediate()
    await setImmediate()
    this.#keep(this.#observer.takeRecords())
    this.#observer.disconnect()
    return this.#seen.some((at) => this.#start <= at && at <= end)
  }

  #keep(entries: readonly { readonly startTime: number }[]): void {
    this.#seen.push(...entries.map(({ startTime }) => startTime))
  }
}
