import { type GoalId, goals, isKept, limitText } from "./goals.ts"
import { messageOf, start } from "./measure/child.ts"
import { significant } from "./report/format.ts"
import { terminalTable } from "./report/terminal-table.ts"
import { environment } from "./results/environment.ts"
import { writeResult } from "./results/files.ts"
import type { Result, SectionName } from "./results/result.ts"
import type { SectionReport } from "./sections/section.ts"

const usage = `bench [SECTION…] [--quick]

  decide      one decision, beside the floor and other engines (npm ci in bench/peers brings them)
  paths       chains at first sight and seen before, unknown certificates, many anchors
  request     a request on a live connection: node:https, Fastify, Koa, bare and guarded
  connection  full and resumed handshakes, bare and guarded, at first sight and seen before
  growth      allow lists, sessions, APIs and authorities from ten to a million; hostile certificates
  size        what every package's entry takes to import, and its bytes

Every section runs in a process of its own and leaves bench/results/SECTION.json.
--quick only shows that it works: its numbers mean nothing and are not kept.
`

const sections: readonly SectionName[] = ["decide", "paths", "request", "connection", "growth", "size"]

const args = process.argv.slice(2)
const quick = args.includes("--quick")
const named = args.filter((arg) => !arg.startsWith("-"))
const unknown = named.filter((name) => !sections.some((section) => section === name))

if (args.includes("--help") || unknown.length > 0) {
  process.stdout.write(usage)
  process.exitCode = unknown.length > 0 ? 2 : 0
} else {
  for (const section of sections) {
    if (named.length === 0 || named.includes(section)) await run(section)
  }
}

async function run(section: SectionName): Promise<void> {
  const where = environment()
  const child = start(`sections/${section}.js`, quick ? ["--quick"] : [])
  const { findings, seconds } = await messageOf<SectionReport>(child).finally(() => child.kill())
  for (const table of findings.tables) process.stdout.write(terminalTable(table))
  process.stdout.write(`\n${section}: ${seconds.toFixed(0)} s\n${verdicts(findings.measured)}`)
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
