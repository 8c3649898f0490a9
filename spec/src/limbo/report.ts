import type { Disagreement } from "./exceptions.ts"
import type { Verdict } from "./judge.ts"
import type { Outcome } from "./run.ts"

/** The result that `--json` prints. */
export interface Summary {
  readonly agree: number
  readonly wrongAccepts: readonly string[]
  readonly wrongRejects: readonly string[]
  readonly overTime: readonly string[]
}

export function summarise(outcomes: readonly Outcome[]): Summary {
  const of = (kind: string): string[] =>
    outcomes.filter((outcome) => kindOf(outcome) === kind).map(({ id }) => id)
  return {
    agree: of("agree").length,
    wrongAccepts: of("wrong accept"),
    wrongRejects: of("wrong reject"),
    overTime: of("over time"),
  }
}

export function disagreementsOf(outcomes: readonly Outcome[]): readonly Disagreement[] {
  return outcomes
    .filter((outcome) => kindOf(outcome) !== "agree")
    .map(({ id, verdict }) => ({ id, verdict: verdict === "over time" ? verdict : said(verdict) }))
}

function said({ accepted }: Verdict): "accepted" | "refused" {
  return accepted ? "accepted" : "refused"
}

const kinds = ["agree", "wrong accept", "wrong reject", "over time"] as const

/** A table by category, then every disagreement with its reason, then the slowest case. */
export function formatReport(outcomes: readonly Outcome[]): string {
  const categories = [...new Set(outcomes.map(({ id }) => categoryOf(id)))].sort()
  const rows = categories.map((category) =>
    row(
      category,
      outcomes.filter(({ id }) => categoryOf(id) === category),
    ),
  )
  const header = ["category", "cases", "agree", "wrong accepts", "wrong rejects", "over time"]
  const table = [header, ...rows, row("all", outcomes)].map(formatRow)
  const wrong = outcomes.filter((outcome) => kindOf(outcome) !== "agree").map(formatOutcome)
  return [...table, "", ...wrong, slowestOf(outcomes)].join("\n")
}

function kindOf({ expected, verdict }: Outcome): (typeof kinds)[number] {
  if (verdict === "over time") return "over time"
  if (verdict.accepted === expected) return "agree"
  return verdict.accepted ? "wrong accept" : "wrong reject"
}

function categoryOf(id: string): string {
  return id.split("::").slice(0, -1).join("::")
}

function row(name: string, outcomes: readonly Outcome[]): string[] {
  const counts = kinds.map((kind) => outcomes.filter((one) => kindOf(one) === kind).length)
  return [name, String(outcomes.length), ...counts.map(String)]
}

function formatRow(cells: readonly string[]): string {
  const [name = "", ...numbers] = cells
  return name.padEnd(28) + numbers.map((cell) => cell.padStart(15)).join("")
}

function formatOutcome(outcome: Outcome): string {
  const { id, verdict } = outcome
  const reason = verdict === "over time" ? "" : verdict.reason
  return `${kindOf(outcome)}: ${id}${reason === "" ? "" : `: ${reason}`}`
}

function slowestOf(outcomes: readonly Outcome[]): string {
  const [slowest] = outcomes.toSorted((a, b) => b.milliseconds - a.milliseconds)
  if (slowest === undefined) return "no client case in these files"
  return `slowest: ${slowest.id}, ${slowest.milliseconds.toFixed(1)} ms`
}
