/** Not a test of this package: it is copied next to a patched engine, where `@countersign/engine` is that engine. */
import { decide, explain } from "@countersign/engine"
import { expect, it } from "vitest"
import { compare } from "../states/compare.ts"
import { productNamed, productNames } from "../states/products.ts"
import { disagreement } from "../states/report.ts"

const quick = productNames.filter((name) => name !== "far")

it.each(quick)(
  "engine, model and explain agree on every state of `%s`",
  (name) => {
    const engine = { decide, explain }
    const { differing } = compare(productNamed(name), engine, { explainEvery: 499 })
    expect(differing && disagreement(differing, engine)).toBeUndefined()
  },
  240_000,
)
