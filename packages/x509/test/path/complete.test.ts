import { expect, it } from "vitest"
import { prepareAnchors } from "../../src/path/anchors.ts"
import { completeWithin } from "../../src/path/complete.ts"
import { poolOf } from "../../src/path/pool.ts"
import { made, nameOf } from "../fixtures/made.ts"

const [root, leaf] = [nameOf("root"), nameOf("leaf")]
const valid = (notBefore: number, notAfter: number) => ({ validity: { notBefore, notAfter } })

function complete(anchor: [number, number], own: [number, number], now: number, issuer = root) {
  const certificate = made({ subject: root, issuer: root, ...valid(...anchor) })
  const client = made({ subject: leaf, issuer, ...valid(...own) })
  const anchors = prepareAnchors([{ id: "root", certificate }])
  const { from, until } = completeWithin(client, anchors, poolOf(client, [], 0), now)
  return [from, until]
}

it("an answer that was cut short lasts until a certificate begins or ceases to be valid", () => {
  expect(complete([1000, 9000], [2000, 8000], 5000)).toEqual([2000, 8000])
  expect(complete([3000, 6000], [2000, 8000], 5000)).toEqual([3000, 6000])
  expect(complete([1000, 2000], [6000, 8000], 5000)).toEqual([3000, 5000])
})

it("both of its ends belong to it", () => {
  expect(complete([1000, 9000], [2000, 8000], 2000)).toEqual([2000, 8000])
  expect(complete([1000, 9000], [2000, 8000], 8000)).toEqual([2000, 8000])
  expect(complete([1000, 9000], [2000, 8000], 9000)).toEqual([9000, 9000])
})

it("anchors that no certificate names as its issuer do not matter", () => {
  expect(complete([3000, 6000], [2000, 8000], 5000, nameOf("other"))).toEqual([2000, 8000])
})
