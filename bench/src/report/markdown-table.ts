import type { Cell, Column } from "../results/result.ts"
import { cellText } from "./format.ts"

export interface MarkdownTable {
  readonly columns: readonly Column[]
  readonly rows: readonly Readonly<Record<string, Cell>>[]
}

/** A table in Markdown, numbers to the right. */
export function markdownTable({ columns, rows }: MarkdownTable): string {
  const isText = (key: string): boolean => rows.some((row) => typeof row[key] === "string")
  return [
    columns.map(({ label }) => label),
    columns.map(({ key }) => (isText(key) ? "---" : "--:")),
    ...rows.map((row) => columns.map((column) => escaped(cellText(row[column.key], column)))),
  ]
    .map((cells) => `| ${cells.join(" | ")} |\n`)
    .join("")
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|")
}
