import type { Table } from "../results/result.ts"
import { cellText } from "./format.ts"

/** A table for a terminal, numbers to the right. */
export function terminalTable({ title, columns, rows }: Omit<Table, "about">): string {
  const lines = [
    columns.map(({ label }) => label),
    ...rows.map((row) => columns.map((column) => cellText(row[column.key], column))),
  ]
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  const isNumber = columns.map(({ key }) => rows.every((row) => typeof row[key] !== "string"))
  const text = lines.map((line) =>
    line
      .map((cell, i) => (isNumber[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  )
  return `\n${title}\n${text.join("\n")}\n`
}
