import { loadConfiguration } from "@countersign/config"
import { countProblems, formatProblems } from "./problems.ts"
import { exitCodes, type Terminal } from "./terminal.ts"

export interface CheckOptions {
  readonly config: string
  readonly json?: boolean
  /** Warnings count as a failure too. */
  readonly strict?: boolean
}

/** Prints every problem of a configuration; the exit code tells the worst of them. */
export function check({ config, json, strict }: CheckOptions, terminal: Terminal): number {
  const loaded = loadConfiguration(config, { env: terminal.env, now: terminal.now() })
  const { problems } = loaded
  const servable = loaded._tag === "Configuration"
  if (json === true) {
    terminal.out(`${JSON.stringify({ servable, problems }, undefined, 2)}\n`)
  } else {
    terminal.out(`${formatProblems(problems, terminal)}${countProblems(loaded)}\n`)
  }
  if (!servable) return exitCodes.failure
  return strict === true && problems.length > 0 ? exitCodes.differs : exitCodes.success
}
