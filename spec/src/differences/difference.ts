import { type Answer, answers, type Direction, directionOf } from "../permissive/index.ts"
import type { Variant } from "./variant.ts"

/** One way in which a permissive gateway and ours differ. */
export interface Difference {
  readonly variant: Variant
  readonly direction: Direction
  /** Our answer and theirs, a word each. Empty where both deny: such differences are summed up. */
  readonly ours: string
  readonly theirs: string
}

export function keyOf({ variant, direction, ours, theirs }: Difference): string {
  return [variant, direction, ours, theirs].join(" ").trimEnd()
}

export function differenceOf(key: string): Difference {
  const [variant, direction, ours = "", theirs = ""] = key.split(" ")
  return { variant: variant as Variant, direction: direction as Direction, ours, theirs }
}

/** How two answers differ; undefined where they are alike. */
export function between(ours: Answer, theirs: Answer): Omit<Difference, "variant"> | undefined {
  const direction = directionOf(ours, theirs)
  if (direction === undefined) return undefined
  if (direction === "reason") return { direction, ours: "", theirs: "" }
  return { direction, ours: wordOf(ours, direction), theirs: wordOf(theirs, direction) }
}

/** Whose record an Allow rests on is said only where both allow. */
function wordOf(answer: Answer, direction: Direction): string {
  const said = answers[answer]
  return said?.reason ?? (direction === "caller" ? `${said?.caller}` : "Allow")
}
