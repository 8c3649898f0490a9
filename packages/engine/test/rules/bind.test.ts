import { describe, expect, it } from "vitest"
import { fingerprint, type Token } from "../../src/index.ts"
import {
  alice,
  answer,
  bob,
  dynamic,
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
  valid,
  withAlice,
} from "../support/given.ts"

const expired = leafOf(alice, { notBefore: 0, notAfter: now - second })
const early = leafOf(alice, { notBefore: now + second, notAfter: now + hour })

const instants: readonly (readonly [number, "before" | "inside" | "after"])[] = [
  [valid.notBefore - second, "before"],
  [valid.notBefore - 1, "before"],
  [valid.notBefore, "inside"],
  [valid.notAfter, "inside"],
  [valid.notAfter + 999, "inside"],
  [valid.notAfter + second, "after"],
]
const late = { before: "auth.cert_not_yet_valid", after: "auth.cert_expired" }

describe("a bound token", () => {
  const api: PolicyParts = { identity: token }
  const bound = tokenOf(sessionOf({ bindings: [bob, alice] }))
  const off: PolicyParts = { identity: token, flags: { certificateTokenBinding: false } }
  const named = sessionOf({ certificate: enrolledAlice, bindings: [bob] })
  const rows: readonly Row[] = [
    [
      "works with a certificate of its list",
      api,
      { ...withAlice, authToken: bound },
      "allow token:s1 binding:alice",
    ],
    [
      "works on a JWT API too",
      { identity: jwt },
      { ...withAlice, jwt: bound },
      "allow jwt:s1 binding:alice",
    ],
    [
      "is bound on a JWT API too",
      { identity: jwt },
      { jwt: bound },
      "auth.cert_mismatch bound_no_certificate",
    ],
    [
      "needs the host to agree",
      api,
      { ...withAlice, hostAgrees: false, authToken: bound },
      "mtls.misdirected",
    ],
    [
      "needs the host to agree before a certificate",
      api,
      { peer: "plain", hostAgrees: false, authToken: bound },
      "mtls.misdirected",
    ],
    ["needs a certificate", api, { authToken: bound }, "auth.cert_mismatch bound_no_certificate"],
    [
      "needs a certificate, and so TLS",
      api,
      { peer: "plain", authToken: bound },
      "auth.cert_mismatch bound_no_certificate",
    ],
    [
      "needs a valid certificate: expired",
      api,
      { ...withAlice, peer: peerOf({ leaf: expired }), authToken: bound },
      "auth.cert_expired",
    ],
    [
      "needs a valid certificate: early",
      api,
      { ...withAlice, peer: peerOf({ leaf: early }), authToken: bound },
      "auth.cert_not_yet_valid",
    ],
    [
      "needs a valid certificate: no interval",
      api,
      { ...withAlice, peer: peerOf({ leaf: leafOf(alice, "absent") }), authToken: bound },
      "auth.cert_expired",
    ],
    [
      "needs a certificate of its list",
      api,
      { ...withAlice, authToken: tokenOf(sessionOf({ bindings: [bob] })) },
      "auth.cert_mismatch bound_other_certificate",
    ],
    [
      "works with none where its list is empty",
      api,
      { ...withAlice, authToken: tokenOf(sessionOf({ bindings: [] })) },
      "auth.cert_mismatch bound_other_certificate",
    ],
    [
      "needs an enrolled certificate",
      api,
      { peer: peerOf(), authToken: bound },
      "auth.cert_not_found not_enrolled",
    ],
    [
      "needs a certificate enrolled in this organisation",
      api,
      { ...withAlice, holder: holderOf({ orgId: "other" }), authToken: bound },
      "auth.cert_not_found not_enrolled",
    ],
    [
      "needs this certificate enrolled, not another",
      api,
      { ...withAlice, holder: holderOf({ leaf: fingerprint(bob) }), authToken: bound },
      "auth.cert_not_found not_enrolled",
    ],
    [
      "is refused for the list before the enrolment",
      api,
      { peer: peerOf({ leaf: leafOf("e".repeat(64)) }), authToken: bound },
      "auth.cert_mismatch bound_other_certificate",
    ],
    [
      "is refused for the binding before its session",
      api,
      { authToken: tokenOf(sessionOf({ bindings: [alice], active: false })) },
      "auth.cert_mismatch bound_no_certificate",
    ],
    ["is free where binding is not enforced", off, { authToken: bound }, "allow token:s1"],
    [
      "binds the session of a certificate too",
      { identity: dynamic },
      { ...withAlice, holder: holderOf({ session: named }) },
      "auth.cert_mismatch bound_other_certificate",
    ],
    [
      "is bound under the unsafe flag",
      { identity: dynamic, flags: { allowDynamicMtlsTokenAuth: true } },
      { authToken: bound },
      "auth.cert_mismatch bound_no_certificate",
    ],
    [
      "does not replace the allow list",
      { ...api, staticMtls: { leaves: [bob], anchors: [] } },
      { ...withAlice, authToken: bound },
      "mtls.cert_not_allowed",
    ],
    [
      "is not replaced by the allow list",
      { ...api, staticMtls: { leaves: [alice], anchors: [] } },
      { ...withAlice, authToken: tokenOf(sessionOf({ bindings: [bob] })) },
      "auth.cert_mismatch bound_other_certificate",
    ],
  ]
  it.each(rows)("%s", (_, policy, request, expected) => {
    expect(answer(policy, request)).toBe(expected)
  })

  it.each(instants)("is decided to the second at %d", (instant, place) => {
    const expected = place === "inside" ? "allow token:s1 binding:alice" : late[place]
    expect(answer(api, { ...withAlice, now: instant, authToken: bound })).toBe(expected)
  })
})

describe("a confirmed token (RFC 8705)", () => {
  const api: PolicyParts = { identity: jwt }
  const confirmed = (confirmation: Token["confirmation"]): Token =>
    tokenOf(sessionOf(), confirmation)
  const toAlice = confirmed(fingerprint(alice))
  const rows: readonly Row[] = [
    [
      "works with its certificate",
      api,
      { peer: peerOf(), jwt: toAlice },
      "allow jwt:s1 confirmation:alice",
    ],
    [
      "is refused with another",
      api,
      { peer: peerOf(), jwt: confirmed(fingerprint(bob)) },
      "auth.cert_mismatch confirmation_other",
    ],
    [
      "is refused without certificate",
      api,
      { jwt: toAlice },
      "auth.cert_mismatch confirmation_no_certificate",
    ],
    [
      "is refused without TLS",
      api,
      { peer: "plain", jwt: toAlice },
      "auth.cert_mismatch confirmation_no_certificate",
    ],
    [
      "is refused where the confirmation cannot be read",
      api,
      { peer: peerOf(), jwt: confirmed("malformed") },
      "auth.cert_mismatch confirmation_malformed",
    ],
    [
      "is refused for that before the host",
      api,
      { hostAgrees: false, jwt: confirmed("malformed") },
      "auth.cert_mismatch confirmation_malformed",
    ],
    [
      "needs the host to agree",
      api,
      { peer: peerOf(), hostAgrees: false, jwt: toAlice },
      "mtls.misdirected",
    ],
    [
      "needs the host to agree before a certificate",
      api,
      { hostAgrees: false, jwt: toAlice },
      "mtls.misdirected",
    ],
    [
      "needs a valid certificate: expired",
      api,
      { peer: peerOf({ leaf: expired }), jwt: toAlice },
      "auth.cert_expired",
    ],
    [
      "needs a valid certificate: early",
      api,
      { peer: peerOf({ leaf: early }), jwt: toAlice },
      "auth.cert_not_yet_valid",
    ],
    [
      "is told of the time before the difference",
      api,
      { peer: peerOf({ leaf: expired }), jwt: confirmed(fingerprint(bob)) },
      "auth.cert_expired",
    ],
    [
      "is confirmed whatever the flags",
      { ...api, flags: { certificateTokenBinding: false, allowDynamicMtlsTokenAuth: true } },
      { jwt: toAlice },
      "auth.cert_mismatch confirmation_no_certificate",
    ],
    [
      "is confirmed on an auth token API too",
      { identity: token },
      { authToken: toAlice },
      "auth.cert_mismatch confirmation_no_certificate",
    ],
    [
      "is not the auth token's on a JWT API",
      api,
      { peer: peerOf(), jwt: confirmed("none"), authToken: toAlice },
      "allow jwt:s1",
    ],
    [
      "is not the JWT's on an auth token API",
      { identity: token },
      { authToken: confirmed("none"), jwt: confirmed("malformed") },
      "allow token:s1",
    ],
    [
      "must be bound as well",
      api,
      { ...withAlice, jwt: tokenOf(sessionOf({ bindings: [bob] }), fingerprint(alice)) },
      "auth.cert_mismatch bound_other_certificate",
    ],
    [
      "must be confirmed as well",
      api,
      { ...withAlice, jwt: tokenOf(sessionOf({ bindings: [alice] }), fingerprint(bob)) },
      "auth.cert_mismatch confirmation_other",
    ],
    [
      "is named by the binding where it has both",
      api,
      { ...withAlice, jwt: tokenOf(sessionOf({ bindings: [alice] }), fingerprint(alice)) },
      "allow jwt:s1 binding:alice",
    ],
    [
      "is refused before its session is checked",
      api,
      { jwt: tokenOf(sessionOf({ active: false }), fingerprint(alice)) },
      "auth.cert_mismatch confirmation_no_certificate",
    ],
    [
      "is confirmed on a dynamic API",
      { identity: dynamic },
      {
        ...withAlice,
        holder: holderOf({ session: sessionOf({ certificate: enrolledAlice }) }),
        authToken: tokenOf(sessionOf({ certificate: enrolledAlice }), fingerprint(bob)),
      },
      "auth.cert_mismatch confirmation_other",
    ],
  ]
  it.each(rows)("%s", (_, policy, request, expected) => {
    expect(answer(policy, request)).toBe(expected)
  })

  it.each(instants)("is decided to the second at %d", (instant, place) => {
    const expected = place === "inside" ? "allow jwt:s1 confirmation:alice" : late[place]
    expect(answer(api, { peer: peerOf(), now: instant, jwt: toAlice })).toBe(expected)
  })
})
