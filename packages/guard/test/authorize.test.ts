import { type Authority, createAuthority, type Issued } from "@countersign/pki"
import * as fc from "fast-check"
import { beforeAll, describe, expect, it } from "vitest"
import {
  type Authorization,
  authorize,
  createTrust,
  type KnownSession,
  storedSession,
} from "../src/index.ts"
import { api, now, orgId, secretToken, session } from "./fixture.ts"

let root: Authority
let alice: Issued
let bob: Issued

beforeAll(async () => {
  root = await createAuthority({ name: "Root" })
  alice = await root.issue({ name: "alice" })
  bob = await root.issue({ name: "bob" })
})

const bound = (): KnownSession => session(secretToken, { bindings: [alice.sha256] })

const request = (rest: Partial<Authorization>): Authorization => ({
  now,
  chain: [],
  token: undefined,
  api: api("a"),
  session: undefined,
  enrolled: true,
  ...rest,
})

describe("authorize", () => {
  it("lets a bound token in with its certificate and refuses it with another", () => {
    const stolen = { token: secretToken, session: bound() }
    expect(authorize(request({ ...stolen, chain: [alice.der] }))).toMatchObject({ _tag: "Allow" })
    for (const chain of [[bob.der], [bob.der, alice.der], [], "plain"] as const) {
      expect(authorize(request({ ...stolen, chain }))).toMatchObject({
        reason: "auth.cert_mismatch",
      })
    }
  })

  it("takes a certificate for a session that names it, and for no other", () => {
    const dynamic = api("a", { identity: { _tag: "authToken", certificate: true } })
    const known = session(`${orgId}${alice.sha256}`, { certificate: alice.sha256 })
    const asked = (rest: Partial<Authorization>) =>
      authorize(request({ api: dynamic, session: known, chain: [alice.der], ...rest }))
    expect(asked({})).toMatchObject({ _tag: "Allow", identity: { sessionBy: "certificate" } })
    expect(asked({ chain: [bob.der] })).toMatchObject({ reason: "auth.cert_mismatch" })
    expect(asked({ enrolled: false })).toMatchObject({ reason: "auth.cert_not_found" })
    expect(asked({ chain: [], token: known.key })).toMatchObject({ reason: "auth.cert_required" })
    const unsafe = { chain: [], token: known.key, flags: { allowDynamicMtlsTokenAuth: true } }
    expect(asked(unsafe)).toMatchObject({ _tag: "Allow", identity: { sessionBy: "token" } })
    expect(asked({ ...unsafe, enrolled: false })).toMatchObject({ reason: "auth.cert_not_found" })
  })

  it("refuses a token that nobody has", () => {
    expect(authorize(request({ token: "whatever" }))).toMatchObject({
      reason: "auth.key_not_found",
    })
  })

  it("takes the session of another token for none", () => {
    const other = { token: "another-token", session: bound(), chain: [alice.der] }
    expect(authorize(request(other))).toMatchObject({ reason: "auth.key_not_found" })
    const spelt = { ...other, token: secretToken.slice(orgId.length) }
    expect(authorize(request(spelt))).toMatchObject({ _tag: "Allow" })
  })

  it("throws a TypeError for a session or a policy of the wrong shape", () => {
    expect(() => authorize(request({ api: { ...api("a"), apiId: "" } }))).toThrow(TypeError)
    const short = { ...bound(), bindings: ["abc"] }
    expect(() => authorize(request({ token: "x", session: short }))).toThrow(TypeError)
  })

  it("says what is wrong with a session", () => {
    expect(() => storedSession({ ...bound(), key: 5 as never })).toThrow(
      "session.key must be a string",
    )
    expect(() => storedSession({ ...bound(), certificate: "abc" })).toThrow(
      'session.certificate must be "none" or 64 hexadecimal digits, the SHA-256 of the DER',
    )
  })

  it("takes an empty token for none", () => {
    expect(authorize(request({ token: "", session: bound() }))).toMatchObject({
      reason: "auth.auth_field_missing",
    })
  })

  it("takes a token of another organisation for another, though its id is the same", () => {
    const key = (org: string) => btoa(JSON.stringify({ org, id: "secret", h: "sha256" }))
    const known = session(key(orgId))
    expect(authorize(request({ token: key(orgId), session: known }))).toMatchObject({
      _tag: "Allow",
    })
    expect(authorize(request({ token: key("other"), session: known }))).toMatchObject({
      reason: "auth.key_not_found",
    })
  })

  it("knows TLS without a certificate from a connection without TLS", () => {
    const listed = api("a", {
      identity: { _tag: "keyless" },
      staticMtls: { leaves: [alice.sha256], anchors: [] },
    })
    const asked = (chain: Authorization["chain"]) => authorize(request({ api: listed, chain }))
    expect(asked("plain")).toMatchObject({ reason: "mtls.tls_required" })
    expect(asked([])).toMatchObject({ reason: "mtls.cert_required" })
    expect(asked([alice.der])).toMatchObject({ _tag: "Allow" })
  })

  it("follows the allow list's authorities where it is told what they are", () => {
    const anchored = api("a", {
      identity: { _tag: "keyless" },
      staticMtls: { leaves: [], anchors: [root.sha256] },
    })
    const asked = { api: anchored, chain: [alice.der] }
    const trust = createTrust({ anchors: [root.der] })
    expect(authorize(request({ ...asked, trust }))).toMatchObject({ _tag: "Allow" })
    expect(authorize(request(asked))).toMatchObject({ reason: "mtls.cert_not_allowed" })
  })

  it("compiles a policy once for each API and flags", () => {
    let compiled = 0
    const counted = {
      ...api("a"),
      get apiId() {
        compiled += 1
        return "a"
      },
    }
    const flags = {}
    for (const given of [{}, {}, { flags }, { flags }]) {
      authorize(request({ api: counted, ...given }))
    }
    expect(compiled).toBe(2)
  })

  it("is a verdict, and never Allow, for any chain of bytes on an API with an allow list", () => {
    const listed = api("a", {
      identity: { _tag: "keyless" },
      staticMtls: { leaves: [alice.sha256], anchors: [] },
    })
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }), (chain) => {
        expect(authorize(request({ api: listed, chain }))._tag).toBe("Deny")
      }),
      { numRuns: 300 },
    )
  })
})
