import { expect, it } from "vitest"
import { BoundedMap } from "../../src/evidence/bounded-map.ts"

it("a bounded map forgets what was not used for longest", () => {
  const map = new BoundedMap<number>(2)
  map.set("a", 1)
  map.set("b", 2)
  expect([map.get("a"), map.get("unknown")]).toEqual([1, undefined])
  expect(map.count).toBe(2)
  map.set("c", 3)
  expect([map.get("a"), map.get("b"), map.get("c"), map.count]).toEqual([1, undefined, 3, 2])
  map.set("a", 4)
  map.set("d", 5)
  expect([map.get("a"), map.get("c"), map.get("d"), map.count]).toEqual([4, undefined, 5, 2])
})

it("asking for what is unknown takes no place", () => {
  const map = new BoundedMap<number>(2)
  expect(map.get("unknown")).toBeUndefined()
  expect(map.count).toBe(0)
})

it.each([0, -1, 1.5, Number.NaN])("a bounded map of %s entries is none", (size) => {
  expect(() => new BoundedMap(size)).toThrow("a cache holds at least one entry")
})
