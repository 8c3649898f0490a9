import { printable, printableJson } from "../printable.ts"
import { type Column, type Row, renderTable } from "../table.ts"
import type { Terminal } from "../terminal.ts"
import { method } from "./measure.ts"
import type { Outcome } from "./run-scenarios.ts"
import { type Flag, flagNames, type Scenario, type ScenarioFile } from "./scenario-file.ts"

/** The whole report: a table by group, footnotes, what differs, and one line that sums up. */
export function report(
  { groups }: ScenarioFile,
  outcomes: readonly Outcome[],
  milliseconds: number,
  terminal: Pick<Terminal, "colours" | "columns">,
): string {
  const { bold, dim } = terminal.colours
  const rows = groups.flatMap(({ title, scenarios }): readonly Row[] => {
    const played = outcomes.filter(({ scenario }) => scenarios.includes(scenario))
    if (played.length === 0) return []
    return ["", bold(printable(title)), ...played.map((outcome) => rowOf(outcome, terminal))]
  })
  const parts = [
    `${bold("countersign demo")}: real clients against real servers on 127.0.0.1`,
    dim(`presented: certificates sent · token → API; µs: decide alone, ${method}`),
    "",
    renderTable(columnsFor(terminal), rows),
    "",
    ...footnotes(outcomes).map(dim),
    ...differences(outcomes, terminal),
    summary(outcomes, milliseconds, terminal),
  ]
  return `${parts.join("\n")}\n`
}

/** The same for machines: one object, expectations and their sources included. */
export function reportJson(outcomes: readonly Outcome[], milliseconds: number): string {
  const scenarios = outcomes.map(({ scenario, by, ...observed }) => {
    const { id, title, source, flags, present, expect } = scenario
    return { id, title, source, flags, present, expect, ...observed, by }
  })
  const differing = scenarios.filter((scenario) => scenario.differences.length > 0).length
  const result = { total: scenarios.length, differing, milliseconds, method, scenarios }
  return `${printableJson(result)}\n`
}

function columnsFor({ columns }: Pick<Terminal, "columns">): readonly Column[] {
  const spare = columns - 100
  return [
    { title: "scenario", width: 31 + Math.floor(spare / 2) },
    { title: "presented", width: 26 + Math.ceil(spare / 2) },
    { title: "verdict", width: 7 },
    { title: "reason", width: 23 },
    { title: "HTTP", width: 4, align: "right" },
    { title: "µs", width: 4, align: "right" },
  ]
}

function rowOf(outcome: Outcome, { colours }: Pick<Terminal, "colours">): Row {
  const { scenario, verdict, status, microseconds, differences } = outcome
  const title = printable(scenario.title)
  const paint = verdict === "Allow" ? colours.green : colours.red
  return [
    differences.length === 0 ? title : colours.bold(colours.red(`✗ ${title}`)),
    presented(scenario),
    verdict === undefined ? "none" : paint(verdict),
    verdict === "Allow" ? colours.dim(byText(outcome)) : (outcome.reason ?? ""),
    status === undefined ? "" : String(status),
    microseconds === undefined ? "" : microseconds.toFixed(2),
  ]
}

function presented({ present, flags }: Scenario): string {
  const { transport, chain, token, api, path, serverName, host, resumed } = present
  const shown = [chain.join("+"), token ?? ""].filter((part) => part !== "").join(" · ")
  const ways = [
    ...(transport === "plain" ? ["http"] : []),
    ...(resumed === true ? ["resumed"] : []),
    ...(serverName !== host ? [`SNI ${serverName}`] : []),
  ]
  const before = ways.map((way) => `${way}: `).join("")
  const marks = flags.map((flag) => ` ${markOf(flag)}`).join("")
  return printable(`${before}${shown || "nothing"} → ${path ?? api}${marks}`)
}

/** By what an allowed caller is known. */
function byText({ by }: Outcome): string {
  const known = [by?.sessionBy, by?.leafBy].filter((part) => part !== undefined)
  return [...new Set(known)].join(", ") || "open to everybody"
}

const marks = ["¹", "²", "³", "⁴"]

function markOf(flag: Flag): string {
  return marks[flagNames.indexOf(flag)] ?? ""
}

function footnotes(outcomes: readonly Outcome[]): readonly string[] {
  const used = flagNames.filter((flag) =>
    outcomes.some(({ scenario }) => scenario.flags.includes(flag)),
  )
  return used.length === 0
    ? []
    : [...used.map((flag) => `${markOf(flag)} gateway with ${flag}`), ""]
}

function differences(
  outcomes: readonly Outcome[],
  { colours }: Pick<Terminal, "colours">,
): readonly string[] {
  const { bold, green, red, dim } = colours
  return outcomes
    .filter((outcome) => outcome.differences.length > 0)
    .flatMap(({ scenario, differences }) => [
      `${bold(printable(scenario.id))}: ${printable(scenario.title)} ${dim(`(${printable(scenario.source)})`)}`,
      ...differences.flatMap(({ what, expected, observed }) => [
        green(`  - ${what}: ${printable(expected)}`),
        red(`  + ${what}: ${printable(observed)}`),
      ]),
      "",
    ])
}

function summary(
  outcomes: readonly Outcome[],
  milliseconds: number,
  { colours }: Pick<Terminal, "colours">,
): string {
  const differing = outcomes.filter((outcome) => outcome.differences.length > 0).length
  const noun = outcomes.length === 1 ? "scenario" : "scenarios"
  const expected = outcomes.length - differing
  const counts = `${outcomes.length} ${noun}: ${expected} as expected, ${differing} different`
  const paint = differing === 0 ? colours.green : colours.red
  return `${paint(counts)} ${colours.dim(`(${(milliseconds / 1000).toFixed(1)} s)`)}`
}
