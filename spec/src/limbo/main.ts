import { readFile } from "node:fs/promises"
import { parseArgs } from "node:util"
import { firstLine } from "../run/first-line.ts"
import { textOf } from "../run/suite.ts"
import { UsageError } from "../run/terminal.ts"
import { type LimboCase, readCases } from "./case.ts"
import { compareExceptions, type Exception, type Unexplained } from "./exceptions.ts"
import type { JudgeOptions } from "./judge.ts"
import { disagreementsOf, formatReport, summarise } from "./report.ts"
import { type Outcome, runCases } from "./run.ts"

const usage = "usage: limbo FILE… [--profile default|strict] [--signatures node|webcrypto] [--json]"

/**
 * Runs files of cases and sets the exit code: 1 for a disagreement that is not listed or has healed, 2
 * for bad use. A file that cannot be read is a `UsageError`.
 */
export async function main(args: readonly string[]): Promise<void> {
  const request = readArguments(args)
  if (request === undefined) {
    console.error(usage)
    process.exitCode = 2
    return
  }
  const { files, json, options } = request
  const cases = files.flatMap(casesOf)
  const outcomes: Outcome[] = []
  for await (const outcome of runCases(cases, options)) outcomes.push(outcome)
  const exceptions = await readExceptions()
  const ran = new Set(outcomes.map(({ id }) => id))
  const unexplained = compareExceptions(ran, disagreementsOf(outcomes), exceptions, options.profile)
  console.log(json ? JSON.stringify(summarise(outcomes)) : formatReport(outcomes))
  reportUnexplained(unexplained)
}

interface Request {
  readonly files: readonly string[]
  readonly json: boolean
  readonly options: JudgeOptions
}

function readArguments(args: readonly string[]): Request | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        profile: { type: "string", default: "default" },
        signatures: { type: "string", default: "node" },
        json: { type: "boolean", default: false },
      },
    })
    const { profile, signatures, json } = values
    if (profile !== "default" && profile !== "strict") return undefined
    if (signatures !== "node" && signatures !== "webcrypto") return undefined
    if (positionals.length === 0) return undefined
    return { files: positionals, json, options: { profile, signatures, now: Date.now() } }
  } catch {
    return undefined
  }
}

function casesOf(path: string): readonly LimboCase[] {
  const text = textOf(path)
  try {
    return readCases(JSON.parse(text))
  } catch (error) {
    throw new UsageError(`${path}: no file of cases: ${firstLine(error)}`)
  }
}

async function readExceptions(): Promise<readonly Exception[]> {
  const file = new URL("../../x509/exceptions.json", import.meta.url)
  return JSON.parse(await readFile(file, "utf8"))
}

/** To standard error, so that standard output stays one object under `--json`. */
function reportUnexplained({ unlisted, healed }: Unexplained): void {
  for (const { id, verdict } of unlisted) console.error(`not listed: ${id} ${verdict}`)
  for (const { id, verdict } of healed) console.error(`healed: ${id} is no longer ${verdict}`)
  if (unlisted.length + healed.length > 0) process.exitCode = 1
}
