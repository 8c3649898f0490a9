import type { AdvisoryClass } from "../advisory-classes.ts"
import { weaknesses } from "../permissive/index.ts"

/**
 * What is switched on: one class alone, or `all` of them; `together` are the states that all of them open
 * and none alone.
 */
export type Variant = AdvisoryClass | "all" | "together"

export const variants: readonly Variant[] = [...weaknesses, "all", "together"]
