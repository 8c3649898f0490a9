import { describe, expect, it } from "vitest"
import { fingerprint } from "../../src/index.ts"
import {
  alice,
  answer,
  authority,
  hour,
  keyless,
  leafOf,
  now,
  type PolicyParts,
  pathOf,
  peerOf,
  type Row,
  second,
  stranger,
  valid,
} from "../support/given.ts"

const listed: PolicyParts = { identity: keyless, staticMtls: { leaves: [alice], anchors: [] } }
const anchored: PolicyParts = {
  identity: keyless,
  staticMtls: { leaves: [], anchors: [authority] },
}
const both: PolicyParts = {
  identity: keyless,
  staticMtls: { leaves: [alice], anchors: [authority] },
}

const past = { notBefore: now - 2 * hour, notAfter: now - hour }
const future = { notBefore: now + hour, notAfter: now + 2 * hour }

describe("the time of a leaf and of its path (A4, A5, A7)", () => {
  const instants: readonly (readonly [string, number, "before" | "inside" | "after"])[] = [
    ["a second before notBefore", valid.notBefore - second, "before"],
    ["a millisecond before notBefore", valid.notBefore - 1, "before"],
    ["at notBefore", valid.notBefore, "inside"],
    ["a second after notBefore", valid.notBefore + second, "inside"],
    ["a second before notAfter", valid.notAfter - second, "inside"],
    ["at notAfter", valid.notAfter, "inside"],
    ["in the last millisecond of notAfter", valid.notAfter + 999, "inside"],
    ["a second after notAfter", valid.notAfter + second, "after"],
  ]
  const lasting = { notBefore: 0, notAfter: now + 1000 * hour }
  const late = { before: "auth.cert_not_yet_valid", after: "auth.cert_expired" }

  it.each(instants)("decides a listed leaf %s", (_, instant, place) => {
    const expected = place === "inside" ? "allow nobody allow_list:alice" : late[place]
    expect(answer(listed, { peer: peerOf(), now: instant })).toBe(expected)
  })

  it.each(instants)("decides a leaf with a path, the leaf itself %s", (_, instant, place) => {
    const expected = place === "inside" ? "allow nobody trust_path:alice" : late[place]
    const peer = peerOf({ paths: [pathOf(lasting)] })
    expect(answer(anchored, { peer, now: instant })).toBe(expected)
  })

  it.each(instants)("decides a lasting leaf, its path %s", (_, instant, place) => {
    const expected = place === "inside" ? "allow nobody trust_path:alice" : `${late[place]} path`
    const peer = peerOf({ leaf: leafOf(alice, lasting), paths: [pathOf()] })
    expect(answer(anchored, { peer, now: instant })).toBe(expected)
  })

  const rows: readonly Row[] = [
    [
      "never holds where the leaf has none",
      both,
      { peer: peerOf({ leaf: leafOf(alice, "absent"), paths: [pathOf()] }) },
      "auth.cert_expired",
    ],
    [
      "is reported of the leaf before its path",
      anchored,
      { peer: peerOf({ leaf: leafOf(alice, future), paths: [pathOf(past)] }) },
      "auth.cert_not_yet_valid",
    ],
    [
      "is reported of the path that ends last, given last",
      anchored,
      { peer: peerOf({ paths: [pathOf(past), pathOf(future)] }) },
      "auth.cert_not_yet_valid path",
    ],
    [
      "is reported of the path that ends last, given first",
      anchored,
      { peer: peerOf({ paths: [pathOf(future), pathOf(past)] }) },
      "auth.cert_not_yet_valid path",
    ],
    [
      "is reported of a path to an authority of this list alone",
      anchored,
      {
        peer: peerOf({
          paths: [pathOf(past), pathOf({ ...future, anchor: fingerprint(stranger) })],
        }),
      },
      "auth.cert_expired path",
    ],
    [
      "of a path does not matter to a listed leaf",
      both,
      { peer: peerOf({ paths: [pathOf(past)] }) },
      "allow nobody allow_list:alice",
    ],
  ]
  it.each(rows)("%s", (_, policy, request, expected) => {
    expect(answer(policy, request)).toBe(expected)
  })
})
