import { ruled, type Trace, traced } from "../model/index.ts"

/** The paths through the model's rules that have been seen: one byte for every combination of rows. */
export class RowPaths {
  readonly #places: readonly number[] = ruled.map((table) => traced.indexOf(table))
  /** Rows are numbered from 1; 0 is a rule that was not asked. */
  readonly #radices: readonly number[] = ruled.map(({ rows }) => rows.length + 1)
  readonly #seen: Uint8Array = new Uint8Array(this.#radices.reduce((all, radix) => all * radix, 1))
  size = 0

  /** Whether this path is new; it no longer is afterwards. */
  add(trace: Trace): boolean {
    let path = 0
    for (let i = 0; i < this.#places.length; i++) {
      const row = trace[this.#places[i] ?? 0] ?? 0
      path = path * (this.#radices[i] ?? 1) + ((row + 1) & 0xff)
    }
    if (this.#seen[path] === 1) return false
    this.#seen[path] = 1
    this.size++
    return true
  }
}
