import type { SeededFault } from "./fault.ts"

const faults: readonly Omit<SeededFault, "by">[] = []

/** Faults of somebody who has seen the sources and not the laws. */
export const byReviewer: readonly SeededFault[] = faults.map((fault) => ({
  ...fault,
  by: "reviewer",
}))
