import { exitCodes, OperatorError, type Terminal } from "../terminal.ts"
import { report, reportJson } from "./report.ts"
import { type Outcome, runScenarios } from "./run-scenarios.ts"
import { readScenarioFile, type Scenario } from "./scenario-file.ts"

export interface DemoOptions {
  readonly json?: boolean
  /** A part of a scenario's id, title, source or API. */
  readonly filter?: string
  /** A scenario file instead of the one that ships. */
  readonly scenarios?: string
}

/** Runs the scenarios and prints what came of them; the exit code tells whether all is as expected. */
export async function demo(options: DemoOptions, terminal: Terminal): Promise<number> {
  const file = readScenarioFile(options.scenarios)
  const { now, interrupted } = terminal
  const wanted = filterFor(options.filter)
  const started = performance.now()
  let outcomes: readonly Outcome[]
  try {
    outcomes = await runScenarios(file, { wanted, now: now(), signal: interrupted })
  } catch (error) {
    if (!interrupted.aborted) throw error
    terminal.err("countersign: interrupted; servers are closed, temporary files removed\n")
    return exitCodes.interrupted
  }
  if (outcomes.length === 0) {
    throw new OperatorError("no scenario matches the filter; leave it out to see all of them")
  }
  const milliseconds = Math.round(performance.now() - started)
  terminal.out(
    options.json === true
      ? reportJson(outcomes, milliseconds)
      : report(file, outcomes, milliseconds, terminal),
  )
  const differs = outcomes.some(({ differences }) => differences.length > 0)
  return differs ? exitCodes.differs : exitCodes.success
}

function filterFor(filter: string | undefined): (scenario: Scenario) => boolean {
  const wanted = filter?.toLowerCase() ?? ""
  return ({ id, title, source, present }) =>
    [id, title, source, present.api].some((text) => text.toLowerCase().includes(wanted))
}
