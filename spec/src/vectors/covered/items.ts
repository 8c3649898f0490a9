import { type AdvisoryClass, advisoryClasses } from "../../advisory-classes.ts"
import { caseItems } from "./case-items.ts"
import { designItems } from "./design-items.ts"
import type { Item } from "./item.ts"
import { seedItems } from "./seed-items.ts"

/** Everything that the vectors must cover. */
export function allItems(): readonly Item[] {
  return [...designItems, ...seedItems, ...caseItems, ...advisoryItems]
}

const elsewhere: Readonly<Partial<Record<AdvisoryClass, string>>> = {
  "truthy-allows": "not a decision on well-formed facts: the laws about damaged fields hold it",
}

const advisoryItems: readonly Item[] = Object.entries(advisoryClasses).map(([name, about]) => {
  const not = Object.entries(elsewhere).find(([one]) => one === name)?.[1]
  return { id: `advisory:${name}`, about, ...(not !== undefined && { not }) }
})
