import { printable, printableJson } from "../../run/printable.ts"
import { progressOn } from "../../run/progress.ts"
import { select } from "../../run/select.ts"
import { exitCodes, type Terminal, UsageError } from "../../run/terminal.ts"
import { hasSources } from "./copy.ts"
import { exposureOf, type SeededFault } from "./fault.ts"
import { seededFaults } from "./index.ts"
import { Lane, stagesFor, type Trial } from "./lane.ts"
import type { Stage } from "./stages.ts"

export interface FaultsOptions {
  /** Text of an id or a sentence. */
  readonly filter?: string
  readonly by?: SeededFault["by"]
  /** Every vector and law that notices a fault, and not the first alone. */
  readonly all?: boolean
  readonly json?: boolean
}

/** As many as there are cores on the machines that this is run on. */
const LANES = 2

interface Tried {
  readonly fault: SeededFault
  readonly trial: Trial
}

/** Tries seeded faults on copies of the sources, says what notices each, and returns the exit code. */
export async function main(options: FaultsOptions, terminal: Terminal): Promise<number> {
  if (!hasSources()) {
    throw new UsageError("the sources are not here: run this in a clone of the repository")
  }
  const { filter, by, json } = options
  const faults = select(seededFaults, filter).filter((fault) => by === undefined || fault.by === by)
  if (faults.length === 0) throw new UsageError("no fault is left; see --filter and --by")
  const started = performance.now()
  const { tried, unsound } = await tryAll(faults, options.all === true, terminal)
  const survivors = tried.filter(({ trial }) => !isNoticed(trial)).length + unsound.length
  const seconds = (performance.now() - started) / 1000
  if (json === true) terminal.out(`${printableJson({ seconds, unsound, faults: tried }, 2)}\n`)
  else terminal.out(summary(tried, unsound, seconds, terminal))
  return survivors === 0 ? exitCodes.asExpected : exitCodes.differs
}

/** `unsound`: what the sources fail without any fault, so that nothing is said by what notices one. */
async function tryAll(
  faults: readonly SeededFault[],
  all: boolean,
  terminal: Terminal,
): Promise<{ readonly tried: readonly Tried[]; readonly unsound: readonly string[] }> {
  const progress = progressOn(terminal)
  const tried = new Map<SeededFault, Trial>()
  const unsound: string[] = []
  const queue: (SeededFault | Stage)[] = [...stagesOf(faults), ...faults]
  await Promise.all(
    Array.from({ length: Math.min(LANES, queue.length) }, async () => {
      const lane = new Lane()
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        progress.show(`${tried.size} of ${faults.length} faults tried`)
        if ("id" in next) tried.set(next, await lane.try(next, all))
        else unsound.push(...complaints(next, await lane.unpatched(next)))
      }
      lane.end()
    }),
  )
  progress.done()
  return { tried: faults.flatMap((fault) => triedOf(fault, tried.get(fault))), unsound }
}

function triedOf(fault: SeededFault, trial: Trial | undefined): Tried[] {
  return trial === undefined ? [] : [{ fault, trial }]
}

/** Every stage of these faults once, but for states: they take longest, and have a command of their own. */
function stagesOf(faults: readonly SeededFault[]): readonly Stage[] {
  const stages = faults.flatMap((fault) => stagesFor(exposureOf(fault)))
  const different = new Map(stages.map((stage) => [JSON.stringify(stage), stage]))
  return [...different.values()].filter(({ name }) => name !== "states")
}

function complaints(stage: Stage, trial: Trial): string[] {
  const what = "driver" in stage ? `${stage.name} through ${stage.driver}` : stage.name
  const whys = trial._tag === "void" ? [trial.why] : trial.noticedBy
  return whys.map((why) => `without a fault, ${what}: ${why}`)
}

function isNoticed(trial: Trial): boolean {
  return trial._tag === "tried" && trial.noticedBy.length > 0
}

function summary(
  tried: readonly Tried[],
  unsound: readonly string[],
  seconds: number,
  { colours }: Terminal,
): string {
  const lines = tried.map(({ fault, trial }) => {
    const { id, sentence, by } = fault
    const result = resultOf(trial)
    return `${id} (${by}): ${sentence}\n    ${isNoticed(trial) ? result : colours.red(result)}`
  })
  const noticed = tried.filter(({ trial }) => isNoticed(trial)).length
  const count = `${noticed} of ${tried.length} faults are noticed, ${seconds.toFixed(0)} s`
  const problems = unsound.map((problem) => colours.red(printable(problem)))
  return `${[...lines, ...problems, count].join("\n")}\n`
}

function resultOf(trial: Trial): string {
  if (trial._tag === "void") return `not tried: ${printable(trial.why)}`
  const { noticedBy } = trial
  if (noticedBy.length === 0) return "SURVIVES"
  return `noticed by ${noticedBy.map(printable).join(", ")}`
}
