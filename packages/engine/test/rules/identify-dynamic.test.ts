import { describe, expect, it } from "vitest"
import { fingerprint } from "../../src/index.ts"
import {
  alice,
  answer,
  bob,
  computableOf,
  dynamic,
  enrolledAlice,
  holderOf,
  hour,
  leafOf,
  now,
  type PolicyParts,
  peerOf,
  type RequestParts,
  type Row,
  second,
  sessionOf,
  token,
  tokenOf,
  valid,
  withAlice,
} from "../support/given.ts"

const unsafe = { allowDynamicMtlsTokenAuth: true }
const expired = leafOf(alice, { notBefore: 0, notAfter: now - second })
const early = leafOf(alice, { notBefore: now + second, notAfter: now + hour })
const foreign = sessionOf({ orgId: "other" })

describe("a dynamic API", () => {
  const api: PolicyParts = { identity: dynamic }
  const open: PolicyParts = { identity: dynamic, flags: unsafe }
  const own = sessionOf({ certificate: enrolledAlice })
  const other = sessionOf({ id: "s2" })
  const known: RequestParts = { ...withAlice, holder: holderOf({ session: own }) }
  const stale = { sha256: bob, enrolled: false }

  describe("without certificate (D1, D2)", () => {
    const rows: readonly Row[] = [
      ["needs the host to agree", api, { hostAgrees: false }, "mtls.misdirected"],
      [
        "needs the host to agree, also without TLS",
        open,
        { peer: "plain", hostAgrees: false, authToken: tokenOf(own) },
        "mtls.misdirected",
      ],
      [
        "needs the host to agree before it reads a certificate",
        api,
        { ...known, hostAgrees: false },
        "mtls.misdirected",
      ],
      ["asks for one", api, { authToken: tokenOf(own) }, "auth.cert_required"],
      [
        "asks for one without TLS",
        api,
        { peer: "plain", authToken: tokenOf(own) },
        "auth.cert_required",
      ],
      [
        "asks for one whatever the stores say of a leaf",
        api,
        { holder: holderOf({ session: own }) },
        "auth.cert_required",
      ],
      ["takes a token under the unsafe flag", open, { authToken: tokenOf(own) }, "allow token:s1"],
      [
        "takes a token without TLS under the unsafe flag",
        open,
        { peer: "plain", authToken: tokenOf(other) },
        "allow token:s2",
      ],
      [
        "takes a computable token under the unsafe flag",
        open,
        { authToken: tokenOf(computableOf()) },
        "allow token:s1",
      ],
      ["needs a token under the unsafe flag", open, {}, "auth.auth_field_missing"],
      [
        "needs a known token under the unsafe flag",
        open,
        { authToken: tokenOf() },
        "auth.key_not_found no_session",
      ],
      [
        "needs a token of the organisation under the unsafe flag",
        open,
        { authToken: tokenOf(foreign) },
        "auth.key_not_found other_organisation",
      ],
      [
        "refuses a token whose certificate was removed, under the unsafe flag",
        open,
        { authToken: tokenOf(sessionOf({ certificate: stale })) },
        "auth.cert_not_found named_not_enrolled",
      ],
    ]
    it.each(rows)("%s", (_, policy, request, expected) => {
      expect(answer(policy, request)).toBe(expected)
    })
  })

  describe("with a certificate (D3)", () => {
    const bobs: RequestParts = {
      peer: peerOf({ leaf: leafOf(bob) }),
      holder: holderOf({ leaf: fingerprint(bob) }),
    }
    const binding = sessionOf({ id: "s2", bindings: [alice] })
    const rows: readonly Row[] = [
      ["takes its session", api, known, "allow certificate:s1 certificate:alice"],
      [
        "takes its session under the unsafe flag",
        open,
        known,
        "allow certificate:s1 certificate:alice",
      ],
      [
        "takes its session, whose key may be computable",
        api,
        { ...withAlice, holder: holderOf({ session: computableOf() }) },
        "allow certificate:s1 certificate:alice",
      ],
      [
        "takes its session beside its own token",
        api,
        { ...known, authToken: tokenOf(own) },
        "allow certificate:s1 certificate:alice",
      ],
      [
        "takes its session beside a copy of its own token's",
        api,
        { ...known, authToken: tokenOf(sessionOf({ certificate: enrolledAlice })) },
        "allow certificate:s1 certificate:alice",
      ],
      [
        "does not read a JWT",
        api,
        { ...known, jwt: tokenOf(other) },
        "allow certificate:s1 certificate:alice",
      ],
      [
        "must be valid: expired",
        api,
        { ...known, peer: peerOf({ leaf: expired }) },
        "auth.cert_expired",
      ],
      [
        "must be valid: early",
        api,
        { ...known, peer: peerOf({ leaf: early }) },
        "auth.cert_not_yet_valid",
      ],
      [
        "must be valid: no interval",
        api,
        { ...known, peer: peerOf({ leaf: leafOf(alice, "absent") }) },
        "auth.cert_expired",
      ],
      [
        "must be valid before the token is looked at",
        api,
        { ...known, peer: peerOf({ leaf: expired }), authToken: tokenOf() },
        "auth.cert_expired",
      ],
      [
        "refuses an unknown token",
        api,
        { ...known, authToken: tokenOf() },
        "auth.key_not_found no_session",
      ],
      [
        "refuses an unknown token under the unsafe flag",
        open,
        { ...known, authToken: tokenOf() },
        "auth.key_not_found no_session",
      ],
      [
        "refuses a token of another organisation",
        api,
        { ...known, authToken: tokenOf(foreign) },
        "auth.key_not_found other_organisation",
      ],
      [
        "refuses somebody's computable token",
        api,
        { ...bobs, authToken: tokenOf(computableOf()) },
        "auth.key_not_found computable_token",
      ],
      [
        "refuses a token of another session",
        api,
        { ...known, authToken: tokenOf(other) },
        "auth.cert_mismatch token_disagrees",
      ],
      [
        "refuses a token of another session under the unsafe flag",
        open,
        { ...known, authToken: tokenOf(other) },
        "auth.cert_mismatch token_disagrees",
      ],
      [
        "takes the session of a token that binds it",
        api,
        { ...withAlice, authToken: tokenOf(binding) },
        "allow token:s2 binding:alice",
      ],
      [
        "takes the session of a token that binds it before its own",
        api,
        { ...known, authToken: tokenOf(binding) },
        "allow token:s2 binding:alice",
      ],
      [
        "takes the session of a token that binds it where binding is not enforced",
        { ...api, flags: { certificateTokenBinding: false } },
        { ...known, authToken: tokenOf(binding) },
        "allow token:s2 binding:alice",
      ],
      [
        "does not take a binding that is not enrolled",
        api,
        { peer: peerOf(), authToken: tokenOf(binding) },
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "has no session where no store knows it",
        api,
        { peer: peerOf() },
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "has no session where none is registered",
        api,
        withAlice,
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "has no session, and lends none to a token",
        api,
        { ...withAlice, authToken: tokenOf(other) },
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "has no session where the session names another leaf",
        api,
        {
          ...withAlice,
          holder: holderOf({
            session: sessionOf({ certificate: { sha256: bob, enrolled: true } }),
          }),
        },
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "has no session where the session names none",
        api,
        { ...withAlice, holder: holderOf({ session: other }) },
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "has no session where the session binds it and names none",
        api,
        { ...withAlice, holder: holderOf({ session: binding }) },
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "is named by the allow list that admitted it",
        { ...api, staticMtls: { leaves: [alice], anchors: [] } },
        known,
        "allow certificate:s1 allow_list:alice",
      ],
      [
        "is named by the allow list that admitted it, beside a token that binds it",
        { ...api, staticMtls: { leaves: [alice], anchors: [] } },
        { ...withAlice, authToken: tokenOf(binding) },
        "allow token:s2 allow_list:alice",
      ],
      [
        "has no session in another organisation",
        api,
        { ...withAlice, holder: holderOf({ orgId: "other", session: own }) },
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "has no session of another organisation",
        api,
        {
          ...withAlice,
          holder: holderOf({ session: sessionOf({ orgId: "other", certificate: enrolledAlice }) }),
        },
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "has no session that the stores gave another leaf",
        api,
        { ...bobs, holder: holderOf({ session: own }) },
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "has no session that the stores gave another leaf, though it names this one",
        api,
        { ...withAlice, holder: holderOf({ leaf: fingerprint(bob), session: own }) },
        "auth.cert_mismatch certificate_unknown",
      ],
      [
        "must be enrolled",
        api,
        { ...withAlice, holder: holderOf({ enrolled: false, session: own }) },
        "auth.cert_not_found not_enrolled",
      ],
      [
        "must be enrolled now, whatever its session says",
        api,
        { ...known, holder: holderOf({ enrolled: false, session: own }), authToken: tokenOf(own) },
        "auth.cert_not_found not_enrolled",
      ],
      [
        "is refused for its token before its enrolment",
        api,
        {
          ...known,
          holder: holderOf({ enrolled: false, session: own }),
          authToken: tokenOf(other),
        },
        "auth.cert_mismatch token_disagrees",
      ],
    ]
    it.each(rows)("%s", (_, policy, request, expected) => {
      expect(answer(policy, request)).toBe(expected)
    })

    const instants: readonly (readonly [number, string])[] = [
      [valid.notBefore - second, "auth.cert_not_yet_valid"],
      [valid.notBefore - 1, "auth.cert_not_yet_valid"],
      [valid.notBefore, "allow certificate:s1 certificate:alice"],
      [valid.notBefore + second, "allow certificate:s1 certificate:alice"],
      [valid.notAfter - second, "allow certificate:s1 certificate:alice"],
      [valid.notAfter, "allow certificate:s1 certificate:alice"],
      [valid.notAfter + 999, "allow certificate:s1 certificate:alice"],
      [valid.notAfter + second, "auth.cert_expired"],
    ]
    it.each(instants)("is decided to the second at %d", (instant, expected) => {
      expect(answer(api, { ...known, now: instant })).toBe(expected)
    })

    it.each(instants)(
      "lends its session to a computable token to the second at %d",
      (instant, expected) => {
        const request = { ...withAlice, now: instant, authToken: tokenOf(computableOf()) }
        const inside = expected.startsWith("allow")
        expect(answer({ identity: token }, request)).toBe(
          inside ? "allow token:s1 certificate:alice" : "auth.key_not_found computable_token",
        )
      },
    )
  })
})
