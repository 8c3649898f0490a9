import type { Work } from "./parallel.ts"
import { shownNamed } from "./products.ts"
import { tally } from "./tally.ts"

process.once("message", ({ names, ...share }: Work) => {
  const counts = names.map((name) => tally(shownNamed(name), share))
  process.send?.(counts, () => process.disconnect())
})
