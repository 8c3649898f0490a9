import { describe, expect, it } from "vitest"
import { fingerprint } from "../../src/index.ts"
import {
  alice,
  answer,
  authority,
  good,
  hour,
  keyless,
  leafOf,
  now,
  type PolicyParts,
  pathOf,
  peerOf,
  type Row,
  revoked,
  second,
  stranger,
  unknown,
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

describe("revocation", () => {
  const stale = { status: "good", freshUntil: now - second } as const
  const elsewhere = fingerprint(stranger)
  const path = "allow nobody trust_path:alice"
  const pinned = "allow nobody allow_list:alice"
  const rows: readonly (readonly [string, PolicyParts, typeof good, string])[] = [
    ["off: a revoked leaf with a path", anchored, revoked, path],
    ["off: a revoked leaf that is listed", both, revoked, pinned],
    ["soft: a good leaf", { ...anchored, revocation: "soft" }, good, path],
    ["soft: an unknown leaf", { ...anchored, revocation: "soft" }, unknown, path],
    ["soft: stale news", { ...anchored, revocation: "soft" }, stale, path],
    ["soft: a revoked leaf", { ...anchored, revocation: "soft" }, revoked, "mtls.cert_revoked"],
    ["soft: a revoked leaf, listed", { ...both, revocation: "soft" }, revoked, "mtls.cert_revoked"],
    ["hard: a good leaf", { ...anchored, revocation: "hard" }, good, path],
    [
      "hard: an unknown leaf",
      { ...anchored, revocation: "hard" },
      unknown,
      "mtls.revocation_unknown",
    ],
    ["hard: an unknown leaf, listed", { ...both, revocation: "hard" }, unknown, pinned],
    ["hard: stale news", { ...anchored, revocation: "hard" }, stale, "mtls.revocation_unknown"],
    [
      "hard: news until this second",
      { ...anchored, revocation: "hard" },
      { ...good, freshUntil: now },
      path,
    ],
    ["hard: a revoked leaf", { ...anchored, revocation: "hard" }, revoked, "mtls.cert_revoked"],
    [
      "hard: a revoked leaf, listed",
      { ...listed, revocation: "hard" },
      revoked,
      "mtls.cert_revoked",
    ],
  ]
  it.each(rows)("%s", (_, policy, revocation, expected) => {
    expect(answer(policy, { peer: peerOf({ paths: [pathOf({ revocation })] }) })).toBe(expected)
  })

  const several: readonly Row[] = [
    [
      "on a path to any authority revokes the leaf",
      { ...anchored, revocation: "soft" },
      { peer: peerOf({ paths: [pathOf(), pathOf({ anchor: elsewhere, revocation: revoked })] }) },
      "mtls.cert_revoked",
    ],
    [
      "on a path that has ended still revokes the leaf",
      { ...listed, revocation: "soft" },
      { peer: peerOf({ paths: [pathOf({ ...past, revocation: revoked })] }) },
      "mtls.cert_revoked",
    ],
    [
      "of a stranger is not told",
      { ...anchored, revocation: "soft" },
      { peer: peerOf({ paths: [pathOf({ anchor: elsewhere, revocation: revoked })] }) },
      "mtls.cert_not_allowed",
    ],
    [
      "is told after the time of the leaf",
      { ...listed, revocation: "soft" },
      { peer: peerOf({ leaf: leafOf(alice, past), paths: [pathOf({ revocation: revoked })] }) },
      "auth.cert_expired",
    ],
    [
      "known on one path suffices under hard",
      { ...anchored, revocation: "hard" },
      { peer: peerOf({ paths: [pathOf({ revocation: unknown }), pathOf()] }) },
      path,
    ],
    [
      "unknown on the path in time is told before the path out of time",
      { ...anchored, revocation: "hard" },
      { peer: peerOf({ paths: [pathOf(future), pathOf({ revocation: unknown })] }) },
      "mtls.revocation_unknown",
    ],
    [
      "news until the last millisecond of this second counts under hard",
      { ...anchored, revocation: "hard" },
      {
        now: now + 999,
        peer: peerOf({ paths: [pathOf({ revocation: { ...good, freshUntil: now } })] }),
      },
      path,
    ],
  ]
  it.each(several)("%s", (_, policy, request, expected) => {
    expect(answer(policy, request)).toBe(expected)
  })
})
