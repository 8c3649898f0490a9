import { describe, expect, it } from "vitest"
import { fingerprint } from "../src/index.ts"
import {
  alice,
  answer,
  anyOf,
  bob,
  dynamic,
  enrolledAlice,
  holderOf,
  jwt,
  type Row,
  sessionOf,
  token,
  tokenOf,
  withAlice,
} from "./support/given.ts"

describe("alternatives", () => {
  const one = tokenOf(sessionOf())
  const two = tokenOf(sessionOf({ id: "s2" }))
  const either = { identity: anyOf([token], [jwt]) }
  const together = { identity: anyOf([token, jwt]) }
  const rows: readonly Row[] = [
    ["take the first group that allows", either, { authToken: one, jwt: two }, "allow token:s1"],
    ["take the second where the first denies", either, { jwt: two }, "allow jwt:s2"],
    [
      "answer with the denial of the last group",
      either,
      { authToken: tokenOf() },
      "auth.auth_field_missing",
    ],
    [
      "answer with the denial of the last group, which is not the worst",
      either,
      { jwt: "invalid" },
      "auth.token_invalid",
    ],
    [
      "check the session before they move on",
      either,
      { authToken: tokenOf(sessionOf({ active: false })), jwt: two },
      "allow jwt:s2",
    ],
    [
      "bind the token before they move on",
      either,
      { authToken: tokenOf(sessionOf({ bindings: [alice] })), jwt: two },
      "allow jwt:s2",
    ],
    [
      "carry no leaf from a group that denied",
      either,
      {
        ...withAlice,
        authToken: tokenOf(sessionOf({ bindings: [alice], active: false })),
        jwt: two,
      },
      "allow jwt:s2",
    ],
    ["need every mechanism of a group", together, { authToken: one }, "auth.auth_field_missing"],
    ["need the first mechanism of a group too", together, { jwt: two }, "auth.auth_field_missing"],
    ["name the last session of a group", together, { authToken: one, jwt: two }, "allow jwt:s2"],
    [
      "check every session of a group, the first",
      together,
      { authToken: tokenOf(sessionOf({ active: false })), jwt: two },
      "auth.key_inactive",
    ],
    [
      "check every session of a group, the last",
      together,
      { authToken: one, jwt: tokenOf(sessionOf({ id: "s2", apis: [] })) },
      "auth.access_denied",
    ],
    [
      "bind every session of a group",
      together,
      { authToken: tokenOf(sessionOf({ bindings: [alice] })), jwt: two },
      "auth.cert_mismatch bound_no_certificate",
    ],
    [
      "confirm every token of a group",
      together,
      { authToken: one, jwt: tokenOf(sessionOf(), fingerprint(bob)) },
      "auth.cert_mismatch confirmation_no_certificate",
    ],
    [
      "need one organisation",
      together,
      { authToken: one, jwt: tokenOf(sessionOf({ orgId: "other" })) },
      "auth.key_not_found other_organisation",
    ],
    [
      "keep the rule that accepted the leaf first",
      together,
      { ...withAlice, authToken: tokenOf(sessionOf({ bindings: [alice] })), jwt: two },
      "allow jwt:s2 binding:alice",
    ],
    [
      "keep the leaf that the allow list admitted, in the second group too",
      { ...either, staticMtls: { leaves: [alice], anchors: [] } },
      { ...withAlice, jwt: two },
      "allow jwt:s2 allow_list:alice",
    ],
    [
      "ask the allow list before any group",
      { ...either, staticMtls: { leaves: [bob], anchors: [] } },
      { ...withAlice, authToken: one },
      "mtls.cert_not_allowed",
    ],
    [
      "take a dynamic group",
      { identity: anyOf([jwt], [dynamic]) },
      { ...withAlice, holder: holderOf({ session: sessionOf({ certificate: enrolledAlice }) }) },
      "allow certificate:s1 certificate:alice",
    ],
    [
      "answer with the dynamic group's denial",
      { identity: anyOf([jwt], [dynamic]) },
      {},
      "auth.cert_required",
    ],
  ]
  it.each(rows)("%s", (_, policy, request, expected) => {
    expect(answer(policy, request)).toBe(expected)
  })
})
