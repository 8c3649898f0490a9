import { collect } from "./bytes.ts"

export interface Made<A> {
  readonly made: A
  /** On the heap and beside it, after a collection. */
  readonly bytes: number
  readonly milliseconds: number
}

/** Makes something and says what it keeps in memory. */
export function weigh<A>(make: () => A): Made<A> {
  collect()
  const before = held()
  const start = performance.now()
  const made = make()
  const milliseconds = performance.now() - start
  collect()
  return { made, bytes: held() - before, milliseconds }
}

/** Bytes held by this process: objects and the buffers that belong to them. */
export function held(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
