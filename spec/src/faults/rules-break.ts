/**
 * Patches a copy of the engine fault by fault and prints which test kills each one.
 * Ends with 1 if one survives that is not listed as equivalent, or if that list is out of date.
 * `--only TEXT` tries the mutants whose id contains the text.
 */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { allMutants } from "./all-mutants.ts"
import { equivalents } from "./equivalents.ts"
import type { Mutant } from "./mutant.ts"
import { Lane } from "./process.ts"
import { takeSnapshot } from "./snapshot.ts"

const LANES = 2
const snapshot = takeSnapshot()
const source = join(snapshot, "engine/src")
const only = process.argv[process.argv.indexOf("--only") + 1]

const { mutants: every, stale } = allMutants(source)
const mutants = process.argv.includes("--only")
  ? every.filter(({ id }) => id.includes(only ?? ""))
  : every
const reasons = new Map(equivalents.map(({ id, reason }) => [id, reason]))
const problems = [
  ...stale,
  ...equivalents
    .filter(({ id }) => !every.some((mutant) => mutant.id === id))
    .map(({ id }) => `listed as equivalent, but there is no such mutant: ${id}`),
]
const queue = [...mutants]
let done = 0

const started = performance.now()
await Promise.all(Array.from({ length: LANES }, workThroughTheQueue))
const seconds = Math.round((performance.now() - started) / 1000)
for (const problem of problems) print(problem)
print(
  `${mutants.length} mutants, ${reasons.size} equivalent, ${problems.length} problems, ${seconds} s`,
)
process.exitCode = problems.length === 0 ? 0 : 1

async function workThroughTheQueue(): Promise<void> {
  const lane = new Lane(snapshot)
  await unpatchedPasses(lane)
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    const states = !reasons.has(mutant.id)
    report(mutant, await lane.killerOf({ file: mutant.file, source: mutant.source, states }))
  }
  await unpatchedPasses(lane)
  await lane.end()
}

/** Before the first mutant and after the last: nothing but a fault may fail a test. */
async function unpatchedPasses(lane: Lane): Promise<void> {
  const file = "decide.ts"
  const unpatched = { file, source: readFileSync(join(source, file), "utf8"), states: false }
  const killer = await lane.killerOf(unpatched)
  if (killer !== undefined) throw new Error(`the engine itself fails: ${killer}`)
}

function report(mutant: Mutant, killer: string | undefined): void {
  const verdict = verdictOn(mutant, killer)
  const place = `[${String(++done).padStart(3)}/${mutants.length}] line ${mutant.line}`
  print(`${place}, ${mutant.id}\n    ${verdict.text}`)
  if (verdict.isProblem) problems.push(`${verdict.text}: ${mutant.id}`)
}

function verdictOn(
  { id }: Mutant,
  killer: string | undefined,
): { text: string; isProblem: boolean } {
  const reason = reasons.get(id)
  if (killer === undefined) {
    return reason === undefined
      ? { text: "SURVIVES", isProblem: true }
      : { text: `equivalent: ${reason}`, isProblem: false }
  }
  const text = `killed by ${killer}`
  return reason === undefined
    ? { text, isProblem: false }
    : { text: `listed as equivalent, but ${text}`, isProblem: true }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
