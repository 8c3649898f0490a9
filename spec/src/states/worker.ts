import { decide, explain } from "@countersign/engine"
import { compare } from "./compare.ts"
import type { Share } from "./parallel.ts"
import { productNamed } from "./products.ts"

process.once("message", ({ products, ...options }: Share) => {
  const comparisons = products.map((name) =>
    compare(productNamed(name), { decide, explain }, options),
  )
  process.send?.(comparisons, () => process.disconnect())
})
