import { type CheckReport, checkConfiguration, checkExitCode } from "@countersign/config"
import { type ConfigurationOptions, loadOptions } from "./load.ts"
import { printable, printableJson } from "./printable.ts"
import { formatProblems } from "./problems.ts"
import type { Terminal } from "./terminal.ts"

export interface CheckOptions extends ConfigurationOptions {
  readonly json?: boolean
  /** Warnings count as a failure too. */
  readonly strict?: boolean
}

/** Prints every problem of a configuration and what it means; the exit code tells the worst of them. */
export function check(options: CheckOptions, terminal: Terminal): number {
  const report = checkConfiguration(options.config, loadOptions(options, terminal))
  terminal.out(
    options.json === true
      ? `${printableJson(report)}\n`
      : `${formatProblems(report.problems, terminal)}${ignored(report, terminal)}${summary(report)}\n`,
  )
  return checkExitCode(report, { strict: options.strict === true })
}

const MOST = 10

/** Real settings hold hundreds of members that decide nothing here. */
function ignored({ ignored }: CheckReport, { colours }: Pick<Terminal, "colours">): string {
  if (ignored.length === 0) return ""
  const some = ignored.slice(0, MOST).map(printable).join(", ")
  const rest = ignored.length > MOST ? ` and ${ignored.length - MOST} more; --json has all` : ""
  return `${colours.dim("ignored")} settings that decide nothing here: ${some}${rest}\n`
}

function summary({ servable, errors, warnings, ...loaded }: CheckReport): string {
  const found = `${count(errors, "error")}, ${count(warnings, "warning")}`
  if (!servable) return `${found}; nothing is served`
  const served = [
    count(loaded.apis, "API"),
    count(loaded.sessions, "session"),
    count(loaded.certificates, "stored certificate"),
  ]
  const unread = loaded.unknownSessions ?? 0
  const lost = unread > 0 ? `; ${count(unread, "session")} that nobody is known by, see above` : ""
  return `${found}; ${served.join(", ")}${lost}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`
}
