import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { sum } from "../src/differences/count.ts"
import { byKey, type Counted } from "../src/differences/counted.ts"
import { differenceOf } from "../src/differences/difference.ts"
import { documentOf } from "../src/differences/document.ts"
import { countedFile, documentFile } from "../src/differences/main.ts"
import { shownNamed, shownNames, sizeOfAll } from "../src/differences/products.ts"
import { shows } from "../src/differences/shows.ts"
import { tally } from "../src/differences/tally.ts"
import { judge, traced } from "../src/model/index.ts"
import { answerOf, directionOf, permissive, weaknesses } from "../src/permissive/index.ts"
import type { State } from "../src/states/state.ts"
import { sizeOf, stateAt } from "../src/states.ts"

const counted = JSON.parse(readFileSync(countedFile, "utf8")) as Counted

/** Counted again by this test; the others take longer and are left to `--check`. */
const small = ["admission", "boundaries", "evidence"]

describe("DIFFERENCES.md", () => {
  it("is what is made of the counts", () => {
    expect(documentOf(counted)).toBe(readFileSync(documentFile, "utf8"))
  })

  it("names no product as vulnerable and no file of a machine", () => {
    const text = readFileSync(documentFile, "utf8")
    expect(text).not.toMatch(/tyk|kong|envoy|nginx|traefik|caddy|keycloak|\/home\/|\/work\//i)
  })

  it("speaks of every state of every product", () => {
    expect(counted.states).toEqual(
      Object.fromEntries(shownNames.map((name) => [name, sizeOfAll(shownNamed(name))])),
    )
  })
})

describe("the counts", () => {
  it.each(small)("of the product `%s` are those of today's models", (name) => {
    expect(byKey(tally(shownNamed(name), { part: 0, parts: 1 }))).toEqual(counted.products[name])
  })

  it("do not depend on how the work is shared", () => {
    const shown = shownNamed("evidence").slice(0, 2)
    const shares = [0, 1, 2].map((part) => tally(shown, { part, parts: 3 }))
    expect(sum(shares)).toEqual(tally(shown, { part: 0, parts: 1 }))
  })

  it("are those of a plain loop over the states", () => {
    const [shown] = shownNamed("evidence")
    if (shown === undefined) throw new RangeError("no evidence")
    const { product, evidence } = shown
    const gateway = permissive(["any-presented-certificate"])
    let opens = 0
    for (let i = 0; i < sizeOf(product); i++) {
      const state = stateAt(product, i)
      const ours = answerOf(judge(state, new Uint8Array(traced.length)), state.credentials)
      const { code, taken } = gateway(state, evidence)
      if (directionOf(ours, answerOf(code, taken.credentials)) === "opens") opens++
    }
    const counts = tally([shown], { part: 0, parts: 1 }).filter(
      ({ variant, direction }) => variant === "any-presented-certificate" && direction === "opens",
    )
    expect(opens).toBeGreaterThan(0)
    expect(counts.reduce((all, { states }) => all + states, 0)).toBe(opens)
  })
})

describe("every example", () => {
  it("differs in the way that it stands for", () => {
    const wrong = Object.entries(counted.examples).filter(
      ([key, { state, evidence }]) =>
        !shows(differenceOf(key), JSON.parse(state) as State, evidence),
    )
    expect(wrong.map(([key]) => key)).toEqual([])
    expect(Object.keys(counted.examples).length).toBeGreaterThan(weaknesses.length)
  })
})
