import type { Table } from "../results/result.ts"

/** What one process of the section finds. */
export interface Part {
  readonly table: Table
  readonly measured: Readonly<Record<string, number>>
}

/** Different requests for every size: too many for a processor's caches to keep what they touch. */
export const DIFFERENT = 131_072

export const isQuick: boolean = process.argv.includes("--quick")

/** Hands a part to the section. */
export function tell(part: Part): void {
  process.send?.(part)
}
