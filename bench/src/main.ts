import { installPeers } from "./decide/install-peers.ts"
import { type GoalId, goals, isKept, limitText } from "./goals.ts"
import { messageOf, start } from "./measure/child.ts"
import { significant } from "./report/format.ts"
import { writeReport } from "./report/report.ts"
import { terminalTable } from "./report/terminal-table.ts"
import { environment } from "./results/environment.ts"
import { writeResult } from "./results/files.ts"
import { type Result, type SectionName, sectionNames } from "./results/result.ts"
import type { SectionReport } from "./sections/section.ts"

const usage = `bench [SECTION…] [--quick]

  decide      one decision, beside the floor and other engines
  paths       chains at first sight and seen before, unknown certificates, many anchors
  request     a request on a live connection: node:https, Fastify, Koa, bare and guarded
  connection  full and resumed handshakes, bare and guarded, at first sight and seen before
  growth      allow lists, sessions, APIs and authorities from ten to a million; hostile certificates
  size        what every package's entry takes to import, and its bytes
  report      bench/README.md and its charts, from the latest results; a full run ends with it

Every section runs in a process of its own and leaves bench/results/SECTION.json. A missed goal is
said, and is no failure. The other engines are installed in bench/peers when they are missing.
--quick only shows that it works: its numbers mean nothing and are not kept.
`

const REPORT = "report"

const args = process.argv.slice(2)
const quick = args.includes("--quick")
const named = args.filter((arg) => !arg.startsWith("-"))
const known: readonly string[] = [...sectionNames, REPORT, "--quick", "--help"]
const unknown = args.filter((arg) => !known.includes(arg))

if (unknown.length > 0) {
  process.stderr.write(`bench does not know ${unknown.join(", ")}\n\n${usage}`)
  process.exitCode = 2
} else if (args.includes("--help")) {
  process.stdout.write(usage)
} else {
  try {
    await runAll(sectionNames.filter((name) => named.length === 0 || named.includes(name)))
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : cause}\n`)
    process.exitCode = 1
  }
}

async function runAll(wanted: readonly SectionName[]): Promise<void> {
  if (wanted.includes("decide")) installPeers()
  for (const section of wanted) await run(section)
  const isWhole = named.length === 0 && !quick
  if (isWhole || named.includes(REPORT)) process.stdout.write(`\n${writeReport()}`)
}

async function run(section: SectionName): Promise<void> {
  const where = environment()
  const child = start(`sections/${section}.js`, quick ? ["--quick"] : [])
  const { findings, seconds } = await messageOf<SectionReport>(child).finally(() => child.kill())
  for (const table of findings.tables) process.stdout.write(terminalTable(table))
  const kept = quick ? "not compared with the goals: --quick\n" : verdicts(findings.measured)
  process.stdout.write(`\n${section}: ${seconds.toFixed(0)} s\n${kept}`)
  const result: Result = { section, seconds, environment: where, ...findings }
  if (!quick) writeResult(result)
}

function verdicts(measured: Result["measured"]): string {
  return Object.entries(measured)
    .map(([id, value]) => {
      const goal = goals[id as GoalId]
      const kept = isKept(goal, value) ? "kept  " : "MISSED"
      return `${kept} ${goal.what}: ${significant(value)} (goal ${limitText(goal)})\n`
    })
    .join("")
}
