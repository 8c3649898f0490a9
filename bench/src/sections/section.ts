import type { Findings } from "../results/result.ts"

export interface SectionOptions {
  /** A tenth of the rounds: for looking whether something works, never for numbers. */
  readonly quick: boolean
}

/** What a section process tells its parent. */
export interface SectionReport {
  readonly findings: Findings
  readonly seconds: number
}

/** Runs a section in its own process and hands the findings to the parent. */
export async function runSection(
  section: (options: SectionOptions) => Promise<Findings>,
): Promise<void> {
  process.on("disconnect", () => process.exit(1))
  const start = performance.now()
  const findings = await section({ quick: process.argv.includes("--quick") })
  const report: SectionReport = { findings, seconds: (performance.now() - start) / 1000 }
  // Sockets and processes that a section leaves must not keep it.
  const leave = (): never => process.exit()
  if (process.send === undefined) process.stdout.write(`${JSON.stringify(report)}\n`, leave)
  else process.send(report, leave)
}
