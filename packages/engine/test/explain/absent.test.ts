import { expect, it } from "vitest"
import { factsOf } from "../../src/explain/facts.ts"
import { explain, fingerprint } from "../../src/index.ts"
import type { Rule } from "../../src/rules/trace.ts"
import {
  alice,
  bob,
  damaged,
  enrolledAlice,
  leafOf,
  peerOf,
  policyOf,
  requestOf,
  sessionOf,
  token,
  tokenOf,
} from "../support/given.ts"

/** The facts of a rule where no certificate was presented, and no session but this was found. */
function facts(rule: Rule, session?: ReturnType<typeof sessionOf>, request = requestOf()): object {
  const all = factsOf(rule, policyOf({ identity: token }), request, session)
  return Object.fromEntries(all.map(({ name, value }) => [name, value]))
}

const now = "2026-06-01T12:00:00.000Z"
const noCertificate = { certificate: "none" }

const rows: readonly (readonly [Rule, object])[] = [
  ["admit.certificate", noCertificate],
  ["admit.listed", { ...noCertificate, valid: "never", now, "allow list": "off" }],
  [
    "admit.path",
    { authorities: "off", paths: "none", revocation: "off", "revocation known until": "none" },
  ],
  ["admit.refused", { ...noCertificate, "path failure": "none" }],
  ["identify.known", { session: "none" }],
  ["identify.named_enrolled", { "certificate of the session": "none" }],
  ["identify.binding", { ...noCertificate, bindings: "none" }],
  ["identify.session", { ...noCertificate, "session of the certificate": "none" }],
  ["identify.agrees", { "session of the token": "no token", "session of the certificate": "none" }],
  ["identify.enrolled", { ...noCertificate, enrolled: "false" }],
  ["bind.listed", { ...noCertificate, bindings: "none", listed: "false" }],
  ["check.active", { active: "undefined" }],
  ["check.unexpired", { expires: "unknown", now }],
]

it.each(rows)("what is absent has a word in the facts of %s", (rule, expected) => {
  expect(facts(rule)).toEqual(expected)
})

it("a session without a certificate, bindings or rights has words for that", () => {
  const bare = sessionOf({ apis: [] })
  expect(facts("identify.named_enrolled", bare)).toEqual({ "certificate of the session": "none" })
  expect(facts("identify.binding", bare)).toMatchObject({ bindings: "none" })
  expect(facts("check.api", bare)).toMatchObject({ rights: "0 API(s)" })
  expect(facts("check.api")).toMatchObject({ rights: "0 API(s)" })
  const bound = sessionOf({ certificate: enrolledAlice, bindings: [bob] })
  expect(facts("bind.listed", bound)).toMatchObject({ bindings: bob, listed: "false" })
})

it("a token that no session has is none", () => {
  const request = requestOf({ authToken: tokenOf() })
  expect(facts("identify.agrees", undefined, request)).toMatchObject({
    "session of the token": "none",
  })
})

it("a leaf that has no digits is called none in what would have to change", () => {
  const leaf = damaged(leafOf(), { sha256: damaged(fingerprint(alice), { hex: undefined }) })
  const rule = policyOf({ identity: token, staticMtls: { leaves: [bob], anchors: [] } })
  const { change } = explain(rule, requestOf({ peer: peerOf({ leaf }) }))
  expect(change?.text).toContain("none")
})
