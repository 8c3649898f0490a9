/** A process that tries mutants, one after the other, each on its own copy of the engine. */
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { firstFailure } from "./harness.ts"

/** What the parent asks: a file of the engine, as it shall read. */
export interface Trial {
  readonly file: string
  readonly source: string
  /** Whether every state is compared if all tests pass. */
  readonly states: boolean
}

/** What the lane answers: the first test that failed, or nothing. */
export interface Outcome {
  readonly killer: string | undefined
}

const [snapshot = ""] = process.argv.slice(2)

/** Looks at the package as a whole, and cannot tell a rule from another. */
const unrelated = "bundle.test.ts"

const tests = readdirSync(join(snapshot, "engine/test"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts") && name !== unrelated)
  .sort()

let trials = 0
process.on("message", async (trial: Trial) => {
  // A folder of its own, because a module that was loaded once is never read again.
  const folder = join(snapshot, `${process.pid}-${++trials}`)
  copyEngine(folder, trial)
  const outcome: Outcome = { killer: await killerOf(folder, trial) }
  rmSync(folder, { recursive: true })
  process.send?.(outcome)
})
process.on("disconnect", () => process.exit())
process.send?.("ready")

function copyEngine(folder: string, { file, source, states }: Trial): void {
  cpSync(join(snapshot, "engine"), join(folder, "engine"), { recursive: true })
  writeFileSync(join(folder, "engine/src", file), source)
  if (!states) return
  cpSync(join(snapshot, "spec"), join(folder, "spec"), { recursive: true })
  mkdirSync(join(folder, "node_modules/@countersign"), { recursive: true })
  symlinkSync(join(folder, "engine"), join(folder, "node_modules/@countersign/engine"))
}

/** The tests named like the file go first, the laws last; then every state. */
async function killerOf(folder: string, { file, states }: Trial): Promise<string | undefined> {
  const name = file.replace(/\.ts$/, "")
  const rank = (test: string): number => {
    if (test.startsWith("laws/")) return 2
    return test === `${name}.test.ts` || test.startsWith(`${name}-`) ? 0 : 1
  }
  for (const test of tests.toSorted((a, b) => rank(a) - rank(b))) {
    process.send?.(rank(test) === 2 ? 40_000 : 10_000)
    const failure = await failureOf(join(folder, "engine/test", test))
    if (failure !== undefined) return `${test}: ${failure}`
  }
  if (!states) return undefined
  process.send?.(300_000)
  return failureOf(join(folder, "spec/src/faults/every-state.ts"))
}

function failureOf(path: string): Promise<string | undefined> {
  return firstFailure(() => import(pathToFileURL(path).href))
}
