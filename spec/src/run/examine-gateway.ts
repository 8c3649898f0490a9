import { existsSync } from "node:fs"
import type { Driver } from "../drivers/driver.ts"
import { driverNames, openDriver } from "../drivers/index.ts"
import { within } from "../exchanges/deadline.ts"
import { type ExchangeOutcome, runExchanges } from "../exchanges/run.ts"
import { type ExchangeCase, readExchanges } from "../vectors/read-exchanges.ts"
import type { ConformOptions } from "./conform-options.ts"
import type { Counted, Finding } from "./finding.ts"
import { firstLine } from "./first-line.ts"
import type { Progress } from "./progress.ts"
import { select } from "./select.ts"
import { filesOfSuite, textOf, vectorsOf } from "./suite.ts"
import { UsageError } from "./terminal.ts"

type GatewayOptions = ConformOptions & { readonly driver: string }

/** Asks a live gateway: exchange vectors, through a driver that is closed at the end. */
export async function examineGateway(
  options: GatewayOptions,
  progress: Progress,
): Promise<Counted> {
  const { vectors: files = filesOfSuite("exchanges"), filter } = options
  for (const file of files) textOf(file)
  const vectors = select(vectorsOf(readExchanges(files)), filter)
  const driver = await open(options)
  try {
    return { subject: driver.name, ...(await ask(driver, vectors, options, progress)) }
  } finally {
    await within(options.timeout, async () => driver.close?.())
  }
}

async function open({ driver, preset }: GatewayOptions): Promise<Driver> {
  if (isNoDriver(driver)) {
    const names = Object.keys(driverNames).join(", ")
    const advice = `a module is named by its path, such as ./${driver}`
    throw new UsageError(`the driver ${driver} cannot be used: it is none of ${names}; ${advice}`)
  }
  try {
    return await openDriver(driver, preset)
  } catch (error) {
    throw new UsageError(`the driver ${driver} cannot be used: ${firstLine(error)}`)
  }
}

/** A word that names nothing; what is written as a path is taken for one. */
function isNoDriver(driver: string): boolean {
  return /^[\w-]*$/.test(driver) && !Object.hasOwn(driverNames, driver) && !existsSync(driver)
}

async function ask(
  driver: Driver,
  vectors: readonly ExchangeCase[],
  { timeout, preset = "default" }: GatewayOptions,
  progress: Progress,
): Promise<Omit<Counted, "subject">> {
  const outcomes: ExchangeOutcome[] = []
  const onProgress = (done: number, all: number): void =>
    progress.show(`${done} of ${all} exchanges`)
  for await (const outcome of runExchanges(driver, vectors, { timeout, preset, onProgress })) {
    outcomes.push(outcome)
  }
  const skipped = outcomes.filter(({ outcome }) => outcome === "skipped")
  return {
    decisions: 0,
    exchanges: outcomes.length - skipped.length,
    skipped: skipped.map(({ id, what }) => ({ id, why: what })),
    laws: 0,
    counterexamples: 0,
    unreached: [],
    findings: outcomes.flatMap(findingOf),
  }
}

function findingOf({ id, outcome, what, vector }: ExchangeOutcome): Finding[] {
  if (outcome === "passed" || outcome === "skipped") return []
  const { sentence } = vector
  const wrong = outcome === "failed" ? what : `${outcome}: ${what}`
  return [{ kind: "exchange", id, sentence, wrong }]
}
