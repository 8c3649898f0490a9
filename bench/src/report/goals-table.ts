import { type GoalId, goals, isKept, limitText } from "../goals.ts"
import type { Result } from "../results/result.ts"
import { significant } from "./format.ts"
import { markdownTable } from "./markdown-table.ts"

const words = { kept: "kept", missed: "**missed**", open: "not measured" } as const

/** Every goal, what was measured, and whether it is kept. */
export function goalsTable(results: readonly Result[]): string {
  const measured = new Map(results.flatMap((result) => Object.entries(result.measured)))
  const rows = Object.entries(goals).map(([id, goal]) => {
    const value = measured.get(id)
    const state = value === undefined ? "open" : isKept(goal, value) ? "kept" : "missed"
    return {
      id: id as GoalId,
      state,
      what: goal.what,
      limit: limitText(goal),
      value: value === undefined ? null : significant(value),
      verdict: words[state],
      section: goal.section,
    } as const
  })
  const count = (state: keyof typeof words): number =>
    rows.filter((row) => row.state === state).length
  const table = markdownTable({
    columns: [
      { key: "what", label: "what" },
      { key: "limit", label: "goal" },
      { key: "value", label: "measured" },
      { key: "verdict", label: "" },
      { key: "section", label: "section" },
    ],
    rows,
  })
  return `${count("kept")} kept, ${count("missed")} missed, ${count("open")} not measured.\n\n${table}`
}
