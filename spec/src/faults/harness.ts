/** Stands in for vitest's runner, so that the tests of a patched engine run in this process, in milliseconds. */
import { format } from "node:util"
import fc from "fast-check"
import { expect } from "vitest"

export { expect }

interface Test {
  readonly name: string
  readonly body: () => unknown
}

type Body = (...row: unknown[]) => unknown

let tests: Test[] = []
const place: string[] = []

// So that a mutant that is killed once is killed every time.
fc.configureGlobal({ seed: 5280 })

export function describe(name: string, body: () => void): void {
  place.push(name)
  body()
  place.pop()
}

interface It {
  (name: string, body: Body): void
  each: (rows: readonly unknown[]) => (name: string, body: Body) => void
}

export const it: It = Object.assign(
  (name: string, body: Body): void => {
    tests.push({ name: [...place, name].join(" > "), body })
  },
  {
    each: (rows: readonly unknown[]) => (name: string, body: Body) => {
      const rowsAreLists = rows.every(Array.isArray)
      for (const row of rows) {
        const values: unknown[] = Array.isArray(row) ? row : [row]
        it(titleOf(name, values), () => (rowsAreLists ? body(...values) : body(row)))
      }
    },
  },
)

function titleOf(name: string, values: unknown[]): string {
  const places = name.match(/%[sdj]/g)?.length ?? 0
  return format(name, ...values.slice(0, places))
}

/** The first test that fails of a file that `load` imports, or why it does not load. */
export async function firstFailure(load: () => Promise<unknown>): Promise<string | undefined> {
  tests = []
  place.length = 0
  try {
    await load()
  } catch (error) {
    return `does not load: ${String(error).split("\n")[0]}`
  }
  for (const { name, body } of tests) {
    try {
      await body()
    } catch {
      return name
    }
  }
  return undefined
}
