import { decide, explain } from "@countersign/engine"
import { exitCodes, type Terminal, UsageError } from "../run/terminal.ts"
import { writeCounterexample } from "../run/write-counterexample.ts"
import type { Comparison } from "./compare.ts"
import { counterexampleOf } from "./counterexample.ts"
import { compareInParallel } from "./parallel.ts"
import { type ProductName, productNames } from "./products.ts"
import { disagreement, table } from "./report.ts"

/** Explaining costs forty times a decision: beside every new path through the rows, each so many states. */
const EXPLAIN_EVERY = 4999

interface StatesOptions {
  /** Default: all. */
  readonly product?: readonly string[]
  /** A folder. */
  readonly writeCounterexamples?: string
}

/** Compares engine and model on whole products, in two processes, and returns the exit code. */
export async function main(options: StatesOptions, { out }: Terminal): Promise<number> {
  const names = (options.product ?? productNames).map(productNameOf)
  const started = performance.now()
  const done = await compareInParallel(names, { parts: 2, explainEvery: EXPLAIN_EVERY })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  out(`${table(done)} in ${seconds} s\n`)
  for (const comparison of done) out(differenceIn(comparison, options))
  const isSame = done.every(({ differing }) => differing === undefined)
  return isSame ? exitCodes.asExpected : exitCodes.differs
}

function productNameOf(text: string): ProductName {
  const name = productNames.find((one) => one === text)
  if (name !== undefined) return name
  throw new UsageError(`there is no product ${text}; there are ${productNames.join(", ")}`)
}

const engine = { decide, explain }

/** In words, and as a vector where one can say it. */
function differenceIn({ product, differing }: Comparison, options: StatesOptions): string {
  if (differing === undefined) return ""
  const inWords = `\n${product}:\n${disagreement(differing, engine)}\n`
  const vector = counterexampleOf(product, differing, engine)
  if (vector === undefined) return inWords
  const { writeCounterexamples: folder } = options
  const place = folder === undefined ? "" : ` (${writeCounterexample(folder, product, vector)})`
  return `${inWords}\nas a vector${place}:\n${vector}\n`
}
