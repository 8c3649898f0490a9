import type { ConformOptions } from "./conform-options.ts"
import type { Counted, Examined, Finding } from "./finding.ts"
import { type Progress, progressOn } from "./progress.ts"
import { report, reportJson } from "./report.ts"
import { exitCodes, type Terminal, UsageError } from "./terminal.ts"
import { writeCounterexample } from "./write-counterexample.ts"

/** Examines what the options name, prints what differs, and returns the exit code. */
export async function conform(options: ConformOptions, terminal: Terminal): Promise<number> {
  const { driver, only, vectors } = options
  if (driver !== undefined && only === "laws") {
    throw new UsageError("laws are about decisions: a gateway is asked with vectors alone")
  }
  if (vectors !== undefined && only === "laws") {
    throw new UsageError("--only laws and --vectors leave nothing to run; name one of them")
  }
  const started = performance.now()
  const progress = progressOn(terminal)
  const counted = await examine(options, progress)
  progress.done()
  if (isNothing(counted)) {
    throw new UsageError("nothing is left to run; see --filter and --only")
  }
  const { seed, runs } = options
  const seconds = (performance.now() - started) / 1000
  const examined: Examined = { ...counted, seed, runs, seconds }
  show(examined, options, terminal)
  return examined.findings.length === 0 ? exitCodes.asExpected : exitCodes.differs
}

/** What was found is shown even where no file of it can be written. */
function show(examined: Examined, options: ConformOptions, terminal: Terminal): void {
  let paths: readonly string[] | undefined
  try {
    if (options.writeCounterexamples !== undefined) paths = written(examined.findings, options)
  } finally {
    terminal.out(options.json === true ? reportJson(examined) : report(examined, terminal, paths))
  }
  if (options.json === true) for (const path of paths ?? []) terminal.err(`written: ${path}\n`)
}

/** Either half takes a second to load. */
async function examine(options: ConformOptions, progress: Progress): Promise<Counted> {
  const { driver } = options
  if (driver === undefined) {
    const { examineSubject } = await import("./examine-subject.ts")
    return examineSubject(options, progress)
  }
  const { examineGateway } = await import("./examine-gateway.ts")
  return examineGateway({ ...options, driver }, progress)
}

function isNothing({ decisions, exchanges, skipped, laws, counterexamples }: Counted): boolean {
  return decisions + exchanges + skipped.length + laws + counterexamples === 0
}

function written(
  findings: readonly Finding[],
  { writeCounterexamples: folder }: ConformOptions,
): readonly string[] {
  if (folder === undefined) return []
  return findings.flatMap(({ id, counterexample }) =>
    counterexample === undefined ? [] : [writeCounterexample(folder, id, counterexample)],
  )
}
