import { describe, expect, it } from "vitest"
import { anyPolicy } from "../../src/certificate/extension/policies.ts"
import { anchorPolicies, initialRow, mapRow, nextRow, type Row } from "../../src/policy/graph.ts"

const [A, B, C] = ["1.1", "1.2", "1.3"]

const rowBelow = (above: Row, ...policies: string[]) => nextRow(above, new Set(policies), true)
const mapping = (issuerDomain: string, subjectDomain: string) => ({ issuerDomain, subjectDomain })

/** Policies of a row with those of their parents and what they expect. */
function shape({ nodes }: Row) {
  return [...nodes].map(([policy, node]) => {
    expect(node.policy).toBe(policy)
    return [policy, node.parents.map((parent) => parent.policy), [...node.expected]]
  })
}

describe("a row of the policy graph", () => {
  it("begins with any policy, which nothing stands above", () => {
    expect(shape(initialRow())).toEqual([[anyPolicy, [], [anyPolicy]]])
    expect(initialRow().size).toBe(1)
    expect([...anchorPolicies(initialRow())]).toEqual([anyPolicy])
  })

  it("continues what stands above, and any policy as long as it counts", () => {
    const row = rowBelow(initialRow(), A, B)
    expect(shape(row)).toEqual([
      [A, [anyPolicy], [A]],
      [B, [anyPolicy], [B]],
    ])
    const next = rowBelow(row, B, C, anyPolicy)
    expect(shape(next)).toEqual([
      [B, [B], [B]],
      [A, [A], [A]],
    ])
    expect(next.size).toBe(2)
    const uncounted = nextRow(row, new Set([B, anyPolicy]), false)
    expect(shape(uncounted)).toEqual([[B, [B], [B]]])
    const wild = rowBelow(rowBelow(initialRow(), anyPolicy), anyPolicy)
    expect(shape(wild)).toEqual([[anyPolicy, [anyPolicy], [anyPolicy]]])
  })

  it("expects every policy that one is mapped to, and has every policy that was mapped to one", () => {
    const above = rowBelow(initialRow(), A, B)
    const row = mapRow(above, [mapping(A, B), mapping(A, C), mapping(B, C)], true)
    expect(shape(row)).toEqual([
      [A, [anyPolicy], [B, C]],
      [B, [anyPolicy], [C]],
    ])
    expect(row.size).toBe(5)
    const next = rowBelow(row, C)
    expect(shape(next)).toEqual([[C, [A, B], [C]]])
    expect([...anchorPolicies(next)].sort()).toEqual([A, B])
  })

  it("ends what is mapped where mapping is inhibited", () => {
    const above = rowBelow(initialRow(), A, B)
    expect(shape(mapRow(above, [mapping(A, C)], false))).toEqual([[B, [anyPolicy], [B]]])
  })

  it("maps out of any policy what it does not name", () => {
    const row = mapRow(rowBelow(initialRow(), anyPolicy), [mapping(A, B)], true)
    expect(shape(row)).toEqual([
      [anyPolicy, [anyPolicy], [anyPolicy]],
      [A, [anyPolicy], [B]],
    ])
    const absent = mapRow(rowBelow(initialRow(), C), [mapping(A, B)], true)
    expect(shape(absent)).toEqual([[C, [anyPolicy], [C]]])
  })
})

describe("the policies in the terms of the anchor", () => {
  it("are the first on every way, also where one node has several parents", () => {
    const wild = rowBelow(initialRow(), A, anyPolicy)
    const mapped = mapRow(wild, [mapping(A, C)], true)
    const last = rowBelow(mapped, C)
    expect([...anchorPolicies(last)]).toEqual([A])
    const both: Row = {
      nodes: new Map([
        [
          C,
          {
            policy: C,
            parents: [...wild.nodes.values()].toReversed(),
            expected: new Set([C]),
          },
        ],
      ]),
      size: 1,
    }
    expect([...anchorPolicies(both)].sort()).toEqual([A, C])
  })
})
