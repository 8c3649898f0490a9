import Table from "cli-table3"

export interface Column {
  readonly title: string
  readonly width: number
}

/** A table without rulings; cells wrap at words, columns are one space apart. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const table = new Table({
    head: columns.map(({ title }) => title),
    colWidths: columns.map(({ width }) => width + 1),
    chars: noRulings,
    style: { "padding-left": 0, "padding-right": 1, head: [], border: [], compact: true },
    wordWrap: true,
    wrapOnWordBoundary: true,
  })
  for (const row of rows) table.push([...row])
  const lines = table.toString().split("\n")
  return lines.map((line) => line.trimEnd()).join("\n")
}

const noRulings = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
}
