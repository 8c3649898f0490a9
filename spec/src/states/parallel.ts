import { fork } from "node:child_process"
import type { Comparison } from "./compare.ts"
import type { ProductName } from "./products.ts"

/** What one process does: part 0 … parts − 1 of the states of each product. */
export interface Share {
  readonly products: readonly ProductName[]
  readonly part: number
  readonly parts: number
  readonly explainEvery: number
}

interface Options {
  readonly parts: number
  readonly explainEvery: number
}

/** Compares the engine of this workspace with the model on whole products, in several processes. */
export async function compareInParallel(
  products: readonly ProductName[],
  { parts, explainEvery }: Options,
): Promise<Comparison[]> {
  const shares = Array.from({ length: parts }, (_, part) =>
    inProcess({ products, part, parts, explainEvery }),
  )
  const done = await Promise.all(shares)
  return products.map((_, i) => done.flatMap((comparisons) => comparisons[i] ?? []).reduce(joined))
}

function joined(one: Comparison, two: Comparison): Comparison {
  return {
    product: one.product,
    states: one.states + two.states,
    explained: one.explained + two.explained,
    rowPaths: Math.max(one.rowPaths, two.rowPaths),
    milliseconds: Math.max(one.milliseconds, two.milliseconds),
    differing: one.differing ?? two.differing,
  }
}

/** From source a process needs the loader and the condition that its parent has; built, it needs nothing. */
function inProcess(share: Share): Promise<Comparison[]> {
  const source = import.meta.url.endsWith(".ts")
  const file = new URL(source ? "./worker.ts" : "./worker.js", import.meta.url)
  const execArgv = source ? ["--conditions=@countersign/source", "--import", "tsx"] : []
  return new Promise((resolve, reject) => {
    const worker = fork(file, { execArgv, serialization: "advanced" })
    worker.once("message", (comparisons) => resolve(comparisons as Comparison[]))
    worker.once("error", reject)
    worker.once("exit", (code) => reject(new Error(`a worker ended with ${code}`)))
    worker.send(share)
  })
}
