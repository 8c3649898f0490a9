import type { Part } from "../growth/part.ts"
import { messageOf, start } from "../measure/child.ts"
import type { Findings } from "../results/result.ts"
import { runSection, type SectionOptions } from "./section.ts"

const parts = ["entries", "sessions", "apis", "anchors", "hostile"] as const

/** Each part in a process of its own: what one leaves on the heap would be weighed with the next. */
async function growth({ quick }: SectionOptions): Promise<Findings> {
  const found: Part[] = []
  for (const part of parts) {
    const args = quick ? ["--quick"] : []
    found.push(await messageOf<Part>(start(`growth/${part}.js`, args, ["--expose-gc"])))
  }
  return {
    tables: found.map(({ table }) => table),
    measured: Object.assign({}, ...found.map(({ measured }) => measured)),
  }
}

await runSection(growth)
