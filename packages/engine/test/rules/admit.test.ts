import { describe, expect, it } from "vitest"
import { fingerprint } from "../../src/index.ts"
import {
  alice,
  answer,
  authority,
  bob,
  hour,
  keyless,
  leafOf,
  now,
  type PolicyParts,
  pathOf,
  peerOf,
  type RequestParts,
  type Row,
  sessionOf,
  stranger,
  token,
  tokenOf,
  withAlice,
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
const empty: PolicyParts = { identity: keyless, staticMtls: { leaves: [], anchors: [] } }
const withPath: RequestParts = { peer: peerOf({ paths: [pathOf()] }) }

const past = { notBefore: now - 2 * hour, notAfter: now - hour }
const future = { notBefore: now + hour, notAfter: now + 2 * hour }

describe("the allow list", () => {
  const rows: readonly Row[] = [
    ["asks nothing where there is none", { identity: keyless }, { peer: "plain" }, "allow nobody"],
    ["names no leaf where there is none", { identity: keyless }, withAlice, "allow nobody"],
    ["needs TLS (A1)", listed, { peer: "plain" }, "mtls.tls_required"],
    [
      "says so before it asks for the host (A1)",
      listed,
      { peer: "plain", hostAgrees: false },
      "mtls.tls_required",
    ],
    [
      "needs the host to agree (A2)",
      listed,
      { ...withAlice, hostAgrees: false },
      "mtls.misdirected",
    ],
    [
      "asks for the host before the certificate (A2)",
      listed,
      { hostAgrees: false },
      "mtls.misdirected",
    ],
    ["needs a certificate (A3)", listed, {}, "mtls.cert_required"],
    ["admits a listed leaf (A4)", listed, withAlice, "allow nobody allow_list:alice"],
    [
      "admits a listed leaf that no store knows",
      listed,
      { peer: peerOf() },
      "allow nobody allow_list:alice",
    ],
    [
      "finds a leaf among others",
      { ...listed, staticMtls: { leaves: [stranger, bob, alice], anchors: [] } },
      withAlice,
      "allow nobody allow_list:alice",
    ],
    ["admits a leaf with a path (A5)", anchored, withPath, "allow nobody trust_path:alice"],
    [
      "finds one good path among others (A5)",
      anchored,
      {
        peer: peerOf({
          paths: [
            pathOf({ anchor: fingerprint(stranger) }),
            pathOf(past),
            pathOf(),
            pathOf(future),
          ],
        }),
      },
      "allow nobody trust_path:alice",
    ],
    ["names the listing first", both, withPath, "allow nobody allow_list:alice"],
    [
      "does not take a leaf for an authority, nor an authority for a leaf",
      { ...listed, staticMtls: { leaves: [authority], anchors: [alice] } },
      withPath,
      "mtls.cert_not_allowed",
    ],
    [
      "refuses another leaf (A8)",
      listed,
      { peer: peerOf({ leaf: leafOf(bob) }) },
      "mtls.cert_not_allowed",
    ],
    [
      "refuses a path to another authority (A8)",
      anchored,
      { peer: peerOf({ paths: [pathOf({ anchor: fingerprint(stranger) })] }) },
      "mtls.cert_not_allowed",
    ],
    ["refuses everybody where it is empty (A8)", empty, withPath, "mtls.cert_not_allowed"],
    [
      "speaks of no time where the leaf is a stranger (A8)",
      empty,
      { peer: peerOf({ leaf: leafOf(alice, past), paths: [pathOf(past)] }) },
      "mtls.cert_not_allowed",
    ],
    [
      "comes before the token",
      { ...listed, identity: token },
      { peer: peerOf({ leaf: leafOf(bob) }) },
      "mtls.cert_not_allowed",
    ],
    [
      "does not stand in for the token",
      { ...listed, identity: token },
      withAlice,
      "auth.auth_field_missing",
    ],
    [
      "is what the leaf is named by, also beside a token",
      { ...listed, identity: token },
      { ...withAlice, authToken: tokenOf(sessionOf({ bindings: [alice] })) },
      "allow token:s1 allow_list:alice",
    ],
  ]
  it.each(rows)("%s", (_, policy, request, expected) => {
    expect(answer(policy, request)).toBe(expected)
  })
})
