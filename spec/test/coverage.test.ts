import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { advisoryClasses } from "../src/advisory-classes.ts"
import { citedVectors, coverage, coverageText, isOf } from "../src/vectors/covered/coverage.ts"
import { allItems } from "../src/vectors/covered/items.ts"

const items = allItems()
const vectors = citedVectors()

test("the committed coverage is the one that the vectors give", () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL("../coverage.json", import.meta.url), "utf8"),
  )
  expect(committed, "run spec/src/vectors/covered/write-coverage.ts").toEqual(
    JSON.parse(coverageText()),
  )
})

test("every item has a vector, or a reason to have none", () => {
  const empty = coverage(items, vectors).filter((one) => one.vectors.length === 0 && !one.not)
  expect(empty).toEqual([])
})

test("no item that has a vector has a reason to have none", () => {
  const stale = items.filter(({ id, not }) => not !== undefined && citing(id).length > 0)
  expect(stale).toEqual([])
})

test("items and vectors are each named once, over all kinds", () => {
  expect(repeated(items.map(({ id }) => id))).toEqual([])
  expect(repeated(vectors.map(({ id }) => id))).toEqual([])
})

test("every source that a vector names is an item, a clause of an RFC or a row that nobody requires", () => {
  const notRequired = /^(?:RFC \d+ §\d+(?:\.\d+)*|case:[DEHIJK]\d+)$/
  const known = (source: string): boolean =>
    notRequired.test(source) || items.some(({ id }) => isOf(id, source))
  expect(vectors.flatMap(({ sources }) => sources).filter((one) => !known(one))).toEqual([])
})

test("the rows of every group that is required are there, without a gap", () => {
  const groups = {
    A: [1, 32],
    B: [1, 6],
    X: [1, 22],
    F: [1, 11],
    G: [1, 33],
    L: [1, 27],
    M: [1, 28],
  }
  const required = [...Object.entries(groups), ["G", [61, 70]] as const].flatMap(
    ([group, [from = 1, to = 0]]) =>
      Array.from({ length: to - from + 1 }, (_, i) => `case:${group}${from + i}`),
  )
  const cases = items.map(({ id }) => id).filter((id) => id.startsWith("case:"))
  expect(cases.toSorted()).toEqual(required.toSorted())
  for (const name of Object.keys(advisoryClasses)) {
    expect(items.some(({ id }) => id === `advisory:${name}`)).toBe(true)
  }
})

test("a vector counts for its row and for the group of the row, and for no row of a longer name", () => {
  const [A7, revoked, A70] = ["design:A7", "design:A7.revoked", "design:A70"].map((id) => ({
    id,
    about: "",
  }))
  if (!(A7 && revoked && A70)) throw new Error("three items")
  const vector = { id: "one", sources: ["design:A7.revoked"] }
  expect(coverage([A7, revoked, A70], [vector]).map((one) => one.vectors)).toEqual([
    ["one"],
    ["one"],
    [],
  ])
})

function citing(item: string): readonly string[] {
  return vectors.filter(({ sources }) => sources.some((one) => isOf(item, one))).map(({ id }) => id)
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => names.indexOf(name) !== i)
}
