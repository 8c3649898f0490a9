import { type Made, weigh } from "../measure/heap.ts"

/** Weighs what is made at every size. A first one is thrown away: it loads and compiles what makes it. */
export function weighAll<A>(
  sizes: readonly number[],
  make: (size: number) => () => A,
): readonly (Made<A> & { readonly size: number })[] {
  for (const size of sizes.slice(0, 3)) weigh(make(size))
  return sizes.map((size) => ({ size, ...weigh(make(size)) }))
}

/** What the runtime itself takes and returns between two weighings. */
const NOISE = 100_000

/** Bytes of one of many; `null` where all together weigh too little to be told from the runtime. */
export function each(bytes: number, size: number): number | null {
  return bytes < NOISE ? null : bytes / size
}
