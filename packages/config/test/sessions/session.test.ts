import { storeKey } from "@countersign/http"
import { describe, expect, it } from "vitest"
import { certificates } from "../certificates.ts"
import { definition, load, loaded, problemsOf } from "../folder.ts"

const digest = "ab".repeat(32)

const base = { org_id: "org", expires: 0, is_inactive: false, access_rights: { api: {} } }

const files = (changes: object, gateway: object = {}) => ({
  "apis/a.json": definition(),
  "gateway.json": gateway,
  "sessions/key.json": { ...base, ...changes },
})
const read = (changes: object, gateway?: object) =>
  loaded(files(changes, gateway)).sessions.get("key")
const codes = (changes: object, gateway?: object) =>
  load(files(changes, gateway)).problems.map(({ code }) => code)

describe("a session", () => {
  it("is known by the name of its file, or by its key in an object of sessions", () => {
    expect(read({})).toEqual({
      key: "key",
      orgId: "org",
      active: true,
      expiresAt: "never",
      apis: ["api"],
      certificate: "none",
      bindings: "none",
    })
    const { sessions } = loaded({
      "apis/a.json": definition(),
      "sessions/all.json": { one: base, two: base },
    })
    expect([...sessions.keys()]).toEqual(["one", "two"])
  })

  it("is unknown without an organisation", () => {
    expect(read({ org_id: undefined })).toBeUndefined()
    expect(read({ org_id: null })).toBeUndefined()
  })

  it("ends in seconds, or never; anything else makes it unknown", () => {
    expect(read({ expires: -1 })?.expiresAt).toBe("never")
    expect(read({ expires: 1 })?.expiresAt).toBe(1000)
    expect(read({ expires: 253_402_300_799 })?.expiresAt).toBe(253_402_300_799_000)
    for (const expires of [
      undefined,
      null,
      "",
      "0",
      0.5,
      -2,
      true,
      [],
      {},
      1e300,
      253_402_300_800,
    ]) {
      expect(read({ expires })).toBeUndefined()
      expect(codes({ expires })).toEqual(["session.unreadable"])
    }
  })

  it("is active unless it says otherwise in a way that can be read", () => {
    expect(read({ is_inactive: true })?.active).toBe(false)
    expect(read({ is_inactive: undefined })?.active).toBe(true)
    for (const inactive of [null, "false", 0, {}]) {
      expect(read({ is_inactive: inactive })).toBeUndefined()
    }
  })

  it("may use everything only with allow_master_keys, no rights and no policies", () => {
    const master = { allow_master_keys: true }
    for (const rights of [undefined, {}]) {
      expect(read({ access_rights: rights }, master)?.apis).toBe("all")
      expect(read({ access_rights: rights })?.apis).toEqual([])
      expect(codes({ access_rights: rights })).toEqual(["session.no_rights"])
      expect(read({ access_rights: rights, apply_policies: ["gold"] }, master)).toBeUndefined()
    }
    for (const rights of [null, [], "all", 1, true]) {
      expect(read({ access_rights: rights }, master)?.apis).toEqual([])
    }
  })

  it("is unknown where policies decide", () => {
    for (const changes of [
      { apply_policies: ["gold"] },
      { apply_policies: "gold" },
      { apply_policies: {} },
      { apply_policy_id: "gold" },
    ]) {
      expect(read(changes)).toBeUndefined()
      expect(codes(changes)).toEqual(["session.policies"])
    }
    expect(read({ apply_policies: null, apply_policy_id: "" })?.apis).toEqual(["api"])
  })

  it("has no right that is narrowed by what is not checked", () => {
    const full = {
      api_id: "api",
      api_name: "API",
      versions: ["Default"],
      allowed_urls: [],
      limit: { rate: 10, per: 1 },
      restricted_types: null,
      disable_introspection: false,
      field_access_rights: [],
      json_rpc_methods_access_rights: { allowed: null, blocked: [] },
    }
    expect(read({ access_rights: { api: full } })?.apis).toEqual(["api"])
    for (const change of [
      { allowed_urls: [{ url: "/a", methods: ["GET"] }] },
      { allowed_urls: "/a" },
      { restricted_types: [{ name: "Query", fields: ["a"] }] },
      { disable_introspection: true },
      { something_new: { allowed: ["a"] } },
      { versions: "Default" },
      { versions: ["v2"] },
      { api_id: "other" },
    ]) {
      const rights = { access_rights: { api: { ...full, ...change } } }
      expect(read(rights)?.apis).toEqual([])
      expect(codes(rights)).toEqual(["session.right"])
    }
    const [other] = load(files({ access_rights: { api: { api_id: "other" } } })).problems
    expect(other?.remedy).toBe("change `api_id` to `api`, or `api` to what `api_id` says")
    for (const right of [null, true, [], "api"]) {
      expect(read({ access_rights: { api: right } })?.apis).toEqual([])
    }
  })

  it("needs every version of an API that has several", () => {
    const versioned = (data: object, versions: readonly string[]) =>
      loaded({
        "apis/a.json": definition({ version_data: data }),
        "sessions/key.json": { ...base, access_rights: { api: { versions } } },
      }).sessions.get("key")?.apis
    const two = { not_versioned: false, versions: { v1: {}, v2: {} } }
    expect(versioned(two, ["v1", "v2"])).toEqual(["api"])
    expect(versioned(two, ["v1"])).toEqual([])
    expect(versioned(two, [])).toEqual([])
    expect(versioned({ ...two, not_versioned: true }, ["v1"])).toEqual(["api"])
  })

  it("names its certificate by organisation and SHA-256, or one that nobody has", () => {
    expect(read({ certificate: `org${digest}` })?.certificate).toBe(digest)
    expect(read({ certificate: "" })?.certificate).toBe("none")
    for (const certificate of [digest, `other${digest}`, "org", null, 1, [], {}]) {
      expect(read({ certificate })?.certificate).toBe("unreadable")
      expect(codes({ certificate })).toEqual(["session.certificate"])
    }
  })

  it("is unknown where its key is made of a certificate that it does not name", () => {
    const { alice } = certificates
    const known = (session: object, key: string) =>
      loaded({
        "apis/a.json": definition(),
        "certs/alice.pem": alice.pem,
        "sessions/all.json": { [key]: { ...base, ...session } },
      }).sessions.has(key)
    const id = `org${alice.sha256}`
    const json = storeKey("org", alice.sha256, "murmur64")
    const removed = [`org${digest}`, `orgorg${digest}`, storeKey("org", digest, "murmur64")]
    for (const key of [id, alice.sha256, alice.sha256.toUpperCase(), json, ...removed]) {
      expect(known({}, key)).toBe(false)
      expect(known({ certificate: "" }, key)).toBe(false)
      expect(known({ certificate: id }, key)).toBe(true)
    }
    expect(known({}, digest)).toBe(true)
  })

  it("is unbound only where the bindings are absent", () => {
    const bound = (list: unknown) => read({ mtls_static_certificate_bindings: list })?.bindings
    expect(bound(undefined)).toBe("none")
    expect(bound([`org${digest}`, `org${digest.toUpperCase()}`])).toEqual([digest])
    expect(bound([`org${digest}`, `other${digest}`, 1, null])).toEqual([digest])
    for (const list of [[], null, "", {}, 0, false, `org${digest}`, [digest], ["x"]]) {
      expect(bound(list)).toEqual([])
      expect(codes({ mtls_static_certificate_bindings: list })).toEqual(["session.bindings"])
    }
  })

  it("is unknown where a member looks like one that decides", () => {
    for (const name of ["is_inactiv", "Is_Inactive", "mtls_static_certificate_binding", "expire"]) {
      const changes = { is_inactive: undefined, [name]: 1 }
      expect(read(changes)).toBeUndefined()
      expect(codes(changes)).toEqual(["session.misspelt_key"])
    }
    expect(read({ alias: "a", data_expires: 0, rate: 1, per: 1, oauth_keys: null })).toBeDefined()
  })

  it("is unknown where a member is written in another style, whatever stands beside it", () => {
    for (const name of [
      "mtlsStaticCertificateBindings",
      "MTLSStaticCertificateBindings",
      "mtls-static-certificate-bindings",
      "mtls.static.certificate.bindings",
      "mtls static certificate bindings",
      "isInactive",
      "acces.right",
      "accessRights",
    ]) {
      expect(read({ [name]: [] }, { allow_master_keys: true })).toBeUndefined()
      expect(codes({ [name]: [] })).toEqual(["session.misspelt_key"])
    }
  })

  it("is unknown where an unknown member speaks of what decides", () => {
    const names = ["mtls_bindings", "certificate_bindings", "cert_ids", "inactive", "disabled"]
    for (const name of [...names, "expires_at", "rights", "policies", "applyPoliciesId"]) {
      const changes = { access_rights: undefined, [name]: ["x"] }
      expect(read(changes, { allow_master_keys: true })).toBeUndefined()
      expect(codes({ [name]: {} })).toEqual(["session.misspelt_key"])
    }
    expect(read({ post_expiry_action: "retain", data_expires: 1, rsa_certificate_id: "" })).toEqual(
      read({}),
    )
  })

  it("is unknown where it belongs to another mechanism than tokens", () => {
    for (const changes of [
      { basic_auth_data: { password: "$2a$10$hash", hash_type: "bcrypt" } },
      { hmac_enabled: true },
      { hmac_string: "secret" },
      { enable_http_signature_validation: true },
      { rsa_certificate_id: `org${digest}` },
      { jwt_data: { secret: "secret" } },
      { oauth_client_id: "client" },
      { oauth_keys: { client: "key" } },
    ]) {
      expect(read(changes)).toBeUndefined()
      expect(codes(changes)).toEqual(["session.mechanism"])
    }
    const unset = { basic_auth_data: { password: "", hash_type: "" }, jwt_data: { secret: "" } }
    const empty = { hmac_enabled: false, hmac_string: "", oauth_client_id: "", oauth_keys: {} }
    expect(read({ ...unset, ...empty })).toEqual(read({}))
  })

  it("is the only one of its key, in whatever spelling", () => {
    const twice = {
      "apis/a.json": definition(),
      "sessions/all.json": { orgkey: base },
      "sessions/key.json": base,
    }
    expect(problemsOf(twice)).toEqual(["session.duplicate sessions (file 2) $"])
  })

  it("is not shown with its key, nor its file with its name", () => {
    const secret = "abc123-secret"
    const leaky: readonly (readonly [string, unknown, string])[] = [
      [
        "one.json",
        `{\n"${secret}": {},\n"${secret}": {}}`,
        "document.duplicate_key line 3, column 1",
      ],
      [`${secret}.json.bak`, "", "file.not_read $"],
      [`${secret}.json`, "{", "document.syntax line 1, column 2"],
      [`${secret}.json`, { org_id: 1 }, "session.unreadable $.org_id"],
      ["one.json", { a: base, [secret]: 5 }, "session.unreadable $ (session 2, line 1)"],
      ["one.json", `{\n"a": 1,\n"${secret}": {}}`, "session.unreadable $ (session 1, line 2)"],
      ["one.json", { ...base, [`cert-${secret}`]: {} }, "session.misspelt_key $"],
      ["one.json", `{"${secret}": {"__proto__": 1}}`, "document.reserved_key line 1, column 20"],
    ]
    for (const [name, contents, said] of leaky) {
      const files = { "apis/a.json": definition(), [`sessions/${name}`]: contents }
      const { problems } = load(files)
      const [first] = problems
      expect(`${first?.code} ${first?.place}`).toBe(said)
      expect(first?.file).toBe("sessions (file 1)")
      expect(JSON.stringify(problems)).not.toMatch(/abc|secret/)
    }
  })

  it("keeps the number of its file by the order of names", () => {
    const broken = { org_id: 1 }
    const files = { "sessions/a.json": base, "sessions/.b.json": base, "sessions/c.json": broken }
    expect(problemsOf({ "apis/a.json": definition(), ...files })).toEqual([
      "session.unreadable sessions (file 2) $.org_id",
    ])
  })

  it("does not end at a number that is only near to what is written", () => {
    const ending = (expires: string) => ({
      "apis/a.json": definition(),
      "sessions/key.json": JSON.stringify(base).replace('"expires":0', `"expires":${expires}`),
    })
    expect(loaded(ending("-1")).sessions.size).toBe(1)
    for (const expires of ["-0.0", "1e-400", "-1.00000000000000001", "1e3", "1893456000.5"]) {
      expect(loaded(ending(expires)).sessions.size).toBe(0)
      expect(problemsOf(ending(expires))).toEqual([
        "session.unreadable sessions (file 1) $.expires",
      ])
    }
  })
})
