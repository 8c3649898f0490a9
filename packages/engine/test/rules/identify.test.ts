import { describe, expect, it } from "vitest"
import { fingerprint } from "../../src/index.ts"
import {
  alice,
  answer,
  bob,
  computableOf,
  enrolledAlice,
  holderOf,
  hour,
  jwt,
  leafOf,
  now,
  type PolicyParts,
  peerOf,
  type Row,
  second,
  sessionOf,
  token,
  tokenOf,
  withAlice,
} from "../support/given.ts"

const unsafe = { allowDynamicMtlsTokenAuth: true }
const expired = leafOf(alice, { notBefore: 0, notAfter: now - second })
const early = leafOf(alice, { notBefore: now + second, notAfter: now + hour })
const foreign = sessionOf({ orgId: "other" })

describe("a token", () => {
  const api: PolicyParts = { identity: token }
  const rows: readonly Row[] = [
    ["identifies its session", api, { authToken: tokenOf(sessionOf()) }, "allow token:s1"],
    [
      "identifies its session without TLS",
      api,
      { peer: "plain", authToken: tokenOf(sessionOf()) },
      "allow token:s1",
    ],
    [
      "is not asked for a certificate, so that the host does not matter",
      api,
      { ...withAlice, hostAgrees: false, authToken: tokenOf(sessionOf()) },
      "allow token:s1",
    ],
    ["must be presented", api, {}, "auth.auth_field_missing"],
    ["must be an auth token", api, { jwt: tokenOf(sessionOf()) }, "auth.auth_field_missing"],
    ["must be known", api, { authToken: tokenOf() }, "auth.key_not_found no_session"],
    [
      "must be of the organisation",
      api,
      { authToken: tokenOf(foreign) },
      "auth.key_not_found other_organisation",
    ],
    [
      "must be of the organisation under the unsafe flag too",
      { ...api, flags: unsafe },
      { authToken: tokenOf(foreign) },
      "auth.key_not_found other_organisation",
    ],
    [
      "is refused for its organisation before its secrecy",
      api,
      { authToken: tokenOf(computableOf({ orgId: "other" })) },
      "auth.key_not_found other_organisation",
    ],
    [
      "whose session names a certificate is still a secret",
      api,
      { authToken: tokenOf(sessionOf({ certificate: enrolledAlice })) },
      "allow token:s1",
    ],
  ]
  it.each(rows)("%s", (_, policy, request, expected) => {
    expect(answer(policy, request)).toBe(expected)
  })
})

describe("a token that anybody can compute", () => {
  const computed = tokenOf(computableOf())
  const bound = tokenOf(
    computableOf({ certificate: { sha256: bob, enrolled: true }, bindings: [alice] }),
  )
  const unbound = { flags: { certificateTokenBinding: false } }
  const api: PolicyParts = { identity: token }
  const no = "auth.key_not_found computable_token"
  const rows: readonly Row[] = [
    [
      "counts beside its certificate",
      api,
      { ...withAlice, authToken: computed },
      "allow token:s1 certificate:alice",
    ],
    [
      "counts beside a certificate that it binds",
      api,
      { ...withAlice, authToken: bound },
      "allow token:s1 binding:alice",
    ],
    [
      "counts beside a certificate that it binds where binding is not enforced",
      { ...api, ...unbound },
      { ...withAlice, authToken: bound },
      "allow token:s1 binding:alice",
    ],
    ["is nobody without TLS", api, { peer: "plain", authToken: computed }, no],
    ["is nobody without certificate", api, { holder: holderOf(), authToken: computed }, no],
    [
      "is nobody where the host disagrees",
      api,
      { ...withAlice, hostAgrees: false, authToken: computed },
      no,
    ],
    [
      "is nobody beside an expired certificate",
      api,
      { ...withAlice, peer: peerOf({ leaf: expired }), authToken: computed },
      no,
    ],
    [
      "is nobody beside an early certificate",
      api,
      { ...withAlice, peer: peerOf({ leaf: early }), authToken: computed },
      no,
    ],
    [
      "is nobody beside a certificate without validity",
      api,
      { ...withAlice, peer: peerOf({ leaf: leafOf(alice, "absent") }), authToken: computed },
      no,
    ],
    [
      "is nobody beside a certificate that is not enrolled",
      api,
      { peer: peerOf(), authToken: computed },
      no,
    ],
    [
      "is nobody beside a certificate that was removed",
      api,
      { ...withAlice, holder: holderOf({ enrolled: false }), authToken: computed },
      no,
    ],
    [
      "is nobody beside a certificate of another organisation",
      api,
      { ...withAlice, holder: holderOf({ orgId: "other" }), authToken: computed },
      no,
    ],
    [
      "is nobody beside what the stores said of another leaf",
      api,
      { ...withAlice, holder: holderOf({ leaf: fingerprint(bob) }), authToken: computed },
      no,
    ],
    [
      "is nobody beside another certificate",
      api,
      {
        peer: peerOf({ leaf: leafOf(bob) }),
        holder: holderOf({ leaf: fingerprint(bob) }),
        authToken: computed,
      },
      no,
    ],
    [
      "is nobody where the session names and binds nothing",
      api,
      { ...withAlice, authToken: tokenOf(computableOf({ certificate: "none" })) },
      no,
    ],
    ["is nobody in a JWT either", { identity: jwt }, { jwt: computed }, no],
    [
      "is taken under the unsafe flag, and accepts no leaf",
      { ...api, flags: unsafe },
      { ...withAlice, authToken: computed },
      "allow token:s1",
    ],
  ]
  it.each(rows)("%s", (_, policy, request, expected) => {
    expect(answer(policy, request)).toBe(expected)
  })
})

describe("a JWT", () => {
  const api: PolicyParts = { identity: jwt }
  const rows: readonly Row[] = [
    ["identifies its session", api, { jwt: tokenOf(sessionOf()) }, "allow jwt:s1"],
    ["must be presented", api, { authToken: tokenOf(sessionOf()) }, "auth.auth_field_missing"],
    [
      "must be verified",
      api,
      { jwt: "invalid", authToken: tokenOf(sessionOf()) },
      "auth.token_invalid",
    ],
    ["must have a session", api, { jwt: tokenOf() }, "auth.key_not_found no_session"],
    [
      "must be of the organisation",
      api,
      { jwt: tokenOf(foreign) },
      "auth.key_not_found other_organisation",
    ],
  ]
  it.each(rows)("%s", (_, policy, request, expected) => {
    expect(answer(policy, request)).toBe(expected)
  })
})
