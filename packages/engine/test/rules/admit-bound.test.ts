import { describe, expect, it } from "vitest"
import {
  alice,
  answer,
  anyOf,
  authority,
  bob,
  computableOf,
  dynamic,
  enrolledAlice,
  holderOf,
  hour,
  jwt,
  keyless,
  leafOf,
  now,
  type PolicyParts,
  pathOf,
  peerOf,
  type Row,
  revoked,
  sessionOf,
  token,
  tokenOf,
  withAlice,
} from "../support/given.ts"

const empty: PolicyParts = { identity: keyless, staticMtls: { leaves: [], anchors: [] } }

const past = { notBefore: now - 2 * hour, notAfter: now - hour }

describe("the flag that lets a bound certificate pass the allow list (A6)", () => {
  const flags = { boundCertificateSatisfiesAllowList: true }
  const lenient: PolicyParts = { ...empty, identity: token, flags }
  const bound = tokenOf(sessionOf({ bindings: [bob, alice] }))
  const rows: readonly Row[] = [
    ["admits it", lenient, { ...withAlice, authToken: bound }, "allow token:s1 binding:alice"],
    [
      "is off by default",
      { ...empty, identity: token },
      { ...withAlice, authToken: bound },
      "mtls.cert_not_allowed",
    ],
    [
      "needs binding to be enforced",
      { ...lenient, flags: { ...flags, certificateTokenBinding: false } },
      { ...withAlice, authToken: bound },
      "mtls.cert_not_allowed",
    ],
    [
      "speaks of auth tokens, not of JWT",
      { ...lenient, identity: jwt },
      { ...withAlice, jwt: bound, authToken: bound },
      "mtls.cert_not_allowed",
    ],
    [
      "does nothing for a keyless API",
      { ...lenient, identity: keyless },
      { ...withAlice, authToken: bound },
      "mtls.cert_not_allowed",
    ],
    [
      "does nothing for alternatives",
      { ...lenient, identity: anyOf([token]) },
      { ...withAlice, authToken: bound },
      "mtls.cert_not_allowed",
    ],
    [
      "leaves the answer to the list where no token is presented",
      lenient,
      withAlice,
      "mtls.cert_not_allowed",
    ],
    [
      "leaves the answer to the list where the token is unknown",
      lenient,
      { ...withAlice, authToken: tokenOf() },
      "mtls.cert_not_allowed",
    ],
    [
      "needs the token's session to be of the organisation",
      lenient,
      { ...withAlice, authToken: tokenOf(sessionOf({ orgId: "other", bindings: [alice] })) },
      "mtls.cert_not_allowed",
    ],
    [
      "needs the leaf to be bound",
      lenient,
      { ...withAlice, authToken: tokenOf(sessionOf({ bindings: [bob] })) },
      "mtls.cert_not_allowed",
    ],
    [
      "needs a binding at all",
      lenient,
      { ...withAlice, authToken: tokenOf(sessionOf()) },
      "mtls.cert_not_allowed",
    ],
    [
      "needs the leaf to be enrolled",
      lenient,
      { peer: peerOf(), authToken: bound },
      "mtls.cert_not_allowed",
    ],
    [
      "needs the leaf to be enrolled in the organisation",
      lenient,
      { ...withAlice, holder: holderOf({ orgId: "other" }), authToken: bound },
      "mtls.cert_not_allowed",
    ],
    [
      "needs the leaf to be in its time",
      lenient,
      { peer: peerOf({ leaf: leafOf(alice, past) }), holder: holderOf(), authToken: bound },
      "mtls.cert_not_allowed",
    ],
    [
      "admits beside a path out of its time",
      { ...lenient, staticMtls: { leaves: [], anchors: [authority] } },
      { ...withAlice, peer: peerOf({ paths: [pathOf(past)] }), authToken: bound },
      "allow token:s1 binding:alice",
    ],
    [
      "does not admit a revoked leaf",
      { ...lenient, staticMtls: { leaves: [], anchors: [authority] }, revocation: "soft" },
      {
        ...withAlice,
        peer: peerOf({ paths: [pathOf({ revocation: revoked })] }),
        authToken: bound,
      },
      "mtls.cert_revoked",
    ],
    [
      "admits, and the session is still checked",
      lenient,
      { ...withAlice, authToken: tokenOf(sessionOf({ bindings: [alice], active: false })) },
      "auth.key_inactive",
    ],
    [
      "admits the token of a dynamic API that binds the leaf",
      { ...lenient, identity: dynamic },
      { ...withAlice, authToken: bound },
      "allow token:s1 binding:alice",
    ],
    [
      "does not admit a session that the certificate identifies, with no token",
      { ...lenient, identity: dynamic },
      {
        ...withAlice,
        holder: holderOf({ session: sessionOf({ certificate: enrolledAlice, bindings: [alice] }) }),
      },
      "mtls.cert_not_allowed",
    ],
    [
      "does not admit a session that names the leaf and binds nothing",
      { ...lenient, identity: dynamic },
      {
        ...withAlice,
        authToken: tokenOf(sessionOf({ certificate: enrolledAlice })),
        holder: holderOf({ session: sessionOf({ certificate: enrolledAlice }) }),
      },
      "mtls.cert_not_allowed",
    ],
    [
      "names the listing of a leaf that is listed",
      { ...lenient, staticMtls: { leaves: [alice], anchors: [] } },
      { ...withAlice, authToken: bound },
      "allow token:s1 allow_list:alice",
    ],
    [
      "admits a computable token beside a certificate that it binds",
      lenient,
      { ...withAlice, authToken: tokenOf(computableOf({ bindings: [alice] })) },
      "allow token:s1 binding:alice",
    ],
  ]
  it.each(rows)("%s", (_, policy, request, expected) => {
    expect(answer(policy, request)).toBe(expected)
  })
})
