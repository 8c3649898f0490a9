type Columns = Readonly<Record<string, readonly string[]>>

/** A row matches where every column that it names holds one of the classes it lists. */
export interface Row<C extends Columns, O extends string> {
  /** The row or sentence of the published decision that it stands for. */
  readonly cite: string
  readonly when: { readonly [K in keyof C]?: C[K][number] | readonly C[K][number][] }
  readonly gives: O
}

/** Conditions and outcomes as data; the first matching row counts. Compiled to one cell per combination. */
export interface Table {
  readonly name: string
  readonly outcomes: readonly string[]
  readonly rows: readonly { readonly cite: string; readonly gives: string }[]
  /** The outcome of each row, as its place in `outcomes`. */
  readonly given: Uint8Array
  /** The first matching row of each combination of classes. */
  readonly cells: Uint8Array
  readonly strides: Strides
}

type Strides = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]

/**
 * Compiles a table. A combination that no row matches, and a row that never comes first, are errors:
 * a table is exhaustive and says nothing in vain.
 */
export function table<const C extends Columns, const O extends readonly string[]>(
  name: string,
  columns: C,
  outcomes: O,
  rows: readonly Row<C, O[number]>[],
): Table {
  const names = Object.keys(columns)
  const sizes = names.map((column) => columns[column]?.length ?? 0)
  const cells = new Uint8Array(sizes.reduce((product, size) => product * size, 1))
  const patterns = rows.map((row) => names.map((column) => wanted(columns, row.when, column)))
  for (let cell = 0; cell < cells.length; cell++) {
    const classes = digits(cell, sizes)
    const row = patterns.findIndex((pattern) =>
      pattern.every((set, i) => set.has(classes[i] ?? -1)),
    )
    if (row < 0) throw new Error(`${name}: no row for ${inWords(columns, classes)}`)
    cells[cell] = row
  }
  const first = new Set(cells)
  const idle = rows.find((_, row) => !first.has(row))
  if (idle !== undefined) throw new Error(`${name}: the row "${idle.cite}" never comes first`)
  const given = Uint8Array.from(rows, (row) => outcomes.indexOf(row.gives))
  return { name, outcomes, rows, given, cells, strides: strides(sizes) }
}

/** The row that answers for these classes, given in the order of the table's columns. */
export function look(
  { cells, strides: s, name }: Table,
  a: number,
  b = 0,
  c = 0,
  d = 0,
  e = 0,
  f = 0,
  g = 0,
  h = 0,
  i = 0,
  j = 0,
): number {
  const row =
    cells[
      a * s[0] +
        b * s[1] +
        c * s[2] +
        d * s[3] +
        e * s[4] +
        f * s[5] +
        g * s[6] +
        h * s[7] +
        i * s[8] +
        j * s[9]
    ]
  if (row === undefined) throw new RangeError(`${name}: not a class`)
  return row
}

/** The outcome of a row, as its place in the table's outcomes. */
export function outcome(table: Table, row: number): number {
  const place = table.given[row]
  if (place === undefined) throw new RangeError(`${table.name}: not a row`)
  return place
}

function wanted(
  columns: Columns,
  when: Readonly<Record<string, string | readonly string[] | undefined>>,
  column: string,
): Set<number> {
  const classes = columns[column] ?? []
  const named = when[column] ?? classes
  return new Set((typeof named === "string" ? [named] : named).map((one) => classes.indexOf(one)))
}

/** The last column varies fastest. */
function digits(cell: number, sizes: readonly number[]): number[] {
  const classes = sizes.map(() => 0)
  let rest = cell
  for (let i = sizes.length - 1; i >= 0; i--) {
    const size = sizes[i] ?? 1
    classes[i] = rest % size
    rest = Math.floor(rest / size)
  }
  return classes
}

function strides(sizes: readonly number[]): Strides {
  const all = sizes.map((_, i) => sizes.slice(i + 1).reduce((product, size) => product * size, 1))
  const at = (i: number): number => all[i] ?? 0
  return [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8), at(9)]
}

function inWords(columns: Columns, classes: readonly number[]): string {
  return Object.entries(columns)
    .map(([column, names], i) => `${column} ${names[classes[i] ?? 0]}`)
    .join(", ")
}
