import { decide, explain } from "@countersign/engine"
import { compareInParallel } from "./parallel.ts"
import { productNames } from "./products.ts"
import { disagreement, table } from "./report.ts"

/** Explaining costs forty times a decision: beside every new path through the rows, each so many states. */
const EXPLAIN_EVERY = 4999

/** Compares engine and model on the whole product, in two processes; exits with 1 if they differ. */
export async function main(): Promise<void> {
  const started = performance.now()
  const done = await compareInParallel(productNames, { parts: 2, explainEvery: EXPLAIN_EVERY })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${table(done)} in ${seconds} s\n`)
  for (const { product, differing } of done) {
    if (differing === undefined) continue
    process.exitCode = 1
    process.stdout.write(`\n${product}:\n${disagreement(differing, { decide, explain })}\n`)
  }
}
