import { normaliseHost } from "@countersign/http"
import { describe, expect, it } from "vitest"
import { definition, load, loaded, problemsOf } from "../folder.ts"

const problems = (changes: Readonly<Record<string, unknown>>): readonly string[] =>
  problemsOf({ "apis/a.json": definition(changes) })

const compiled = (changes: Readonly<Record<string, unknown>>) => {
  const api = loaded({ "apis/a.json": definition(changes) }).apis.get("api")
  if (api === undefined) throw new Error("no api")
  return api
}

describe("a classic definition", () => {
  it("without any mechanism takes a token", () => {
    const api = compiled({ use_standard_auth: undefined, use_keyless: undefined })
    expect(api.policy.identity).toEqual({ _tag: "authToken", certificate: false })
    expect(api.token).toMatchObject({ header: "authorization" })
  })

  it("is keyless only where it says so, and is reported where that opens it", () => {
    const keyless = { use_keyless: true, use_standard_auth: false }
    expect(compiled(keyless)).toMatchObject({
      policy: { identity: { _tag: "keyless" } },
      token: "none",
    })
    expect(problems(keyless)).toEqual(["api.open apis/a.json $.use_keyless"])
    expect(problems({ use_keyless: "true" })).toEqual(["document.type apis/a.json $.use_keyless"])
    expect(problems({ use_keyless: 1 })).toEqual(["document.type apis/a.json $.use_keyless"])
    expect(problems({ use_keyless: null })).toEqual(["document.type apis/a.json $.use_keyless"])
  })

  it("may not be protected by addresses alone", () => {
    const addresses = { enable_ip_whitelisting: true, allowed_ips: ["10.0.0.1"] }
    const keyless = { ...addresses, use_keyless: true, use_standard_auth: false }
    expect(problems(keyless)).toContain("api.mechanism apis/a.json $.enable_ip_whitelisting")
    expect(problems(addresses)).toEqual(["api.not_enforced apis/a.json $.enable_ip_whitelisting"])
    expect(problems({ ...keyless, use_mutual_tls_auth: true })).not.toContain(
      "api.mechanism apis/a.json $.enable_ip_whitelisting",
    )
  })

  it("may not be keyless and ask for identification", () => {
    expect(problems({ use_keyless: true, use_standard_auth: true })).toEqual([
      "api.contradiction apis/a.json $.use_keyless",
    ])
    const auth = { auth_configs: { authToken: { use_certificate: true } } }
    expect(problems({ use_keyless: true, use_standard_auth: false, ...auth })).toEqual([
      "api.contradiction apis/a.json $.use_keyless",
    ])
  })

  it("asks for certificates in auth_configs.authToken, otherwise in auth", () => {
    const on = { use_certificate: true }
    const dynamic = { _tag: "authToken", certificate: true }
    expect(compiled({ auth_configs: { authToken: on } }).policy.identity).toEqual(dynamic)
    expect(compiled({ auth: on }).policy.identity).toEqual(dynamic)
    expect(compiled({ auth: on, auth_configs: { jwt: {} } }).policy.identity).toEqual(dynamic)
    expect(compiled({ auth: on, auth_configs: { authToken: {} } }).policy.identity).toEqual({
      _tag: "authToken",
      certificate: false,
    })
  })

  it("names where its token stands", () => {
    const config = {
      auth_header_name: "X-Key",
      use_param: true,
      use_cookie: true,
      cookie_name: "key",
    }
    expect(compiled({ auth_configs: { authToken: config } }).token).toEqual({
      header: "x-key",
      query: "X-Key",
      cookie: "key",
    })
  })

  it("may not lose the switch of its allow list", () => {
    const unsaid = ["api.static_mtls_unsaid apis/a.json $.use_mutual_tls_auth"]
    expect(problems({ use_mutual_tls_auth: undefined, client_certificates: [] })).toEqual(unsaid)
    const apis = definition({ use_mutual_tls_auth: undefined })
    expect(problemsOf({ "apis/a.json": apis })).toEqual([])
    const global = { security: { certificates: { apis: ["missing.pem"] } } }
    expect(problemsOf({ "apis/a.json": apis, "gateway.json": global })).toContain(unsaid[0])
  })

  it("is refused with every mechanism that is not honoured", () => {
    for (const member of [
      "use_basic_auth",
      "enable_jwt",
      "use_oauth2",
      "use_openid",
      "enable_signature_checking",
      "custom_plugin_auth_enabled",
      "enable_coprocess_auth",
      "use_go_plugin_auth",
    ]) {
      expect(problems({ [member]: true })).toEqual([`api.mechanism apis/a.json $.${member}`])
      expect(problems({ [member]: false })).toEqual([])
      expect(problems({ [member]: "yes" })).toEqual([`document.type apis/a.json $.${member}`])
    }
    expect(problems({ external_oauth: { enabled: true } })).toEqual([
      "api.mechanism apis/a.json $.external_oauth.enabled",
    ])
    expect(problems({ auth_configs: { authToken: { validate_signature: true } } })).toEqual([
      "api.mechanism apis/a.json $.auth_configs.authToken.validate_signature",
    ])
    expect(problems({ protocol: "tls" })).toEqual(["api.protocol apis/a.json $.protocol"])
    expect(problems({ base_identity_provided_by: "custom_auth" })).toEqual([
      "api.base_identity apis/a.json $.base_identity_provided_by",
    ])
  })

  it("is not served where it is not active or internal", () => {
    for (const [member, value] of [
      ["active", false],
      ["internal", true],
    ] as const) {
      const files = {
        "apis/a.json": definition({ [member]: value }),
        "apis/b.json": definition({ api_id: "b", proxy: { listen_path: "/b" } }),
      }
      expect([...loaded(files).apis.keys()]).toEqual(["b"])
      expect(problemsOf(files)).toEqual([`api.not_served apis/a.json $.${member}`])
    }
  })

  it("keeps other members, but not their look-alikes", () => {
    expect(problems({ custom_middleware: {}, upstream_certificates: null, tags: ["a"] })).toEqual(
      [],
    )
    expect(problems({ use_mutual_tls: true })).toEqual([
      "document.misspelt_key apis/a.json $.use_mutual_tls",
    ])
    for (const name of ["useMutualTlsAuth", "clientCertificateRefs", "mtls"]) {
      expect(problems({ [name]: true })).toEqual([`document.misspelt_key apis/a.json $.${name}`])
    }
    expect(problems({ "use-mutual-tls-auth": true })).toHaveLength(1)
    expect(problems({ Use_Keyless: true })).toEqual(["document.key_case apis/a.json $.Use_Keyless"])
  })

  it("needs an id, an organisation and a listen path", () => {
    expect(problems({ api_id: undefined })).toEqual(["document.type apis/a.json $.api_id"])
    expect(problems({ api_id: "" })).toEqual(["document.type apis/a.json $.api_id"])
    expect(problems({ org_id: undefined })).toEqual(["document.type apis/a.json $.org_id"])
    expect(problems({ proxy: {} })).toEqual(["document.type apis/a.json $.proxy.listen_path"])
    const unnamed = { "apis/a.json": definition({ org_id: undefined }) }
    expect(loaded(unnamed, { orgId: "given" }).apis.get("api")?.policy.orgId).toBe("given")
  })

  it("answers on its domain unless that is disabled", () => {
    const files = { "apis/a.json": definition({ domain: "api.example.com" }) }
    const host = normaliseHost("other.example.com")
    if (host._tag === "problem") throw new Error("a host")
    expect(loaded(files).routes.match(host, "/api/x")).toBeUndefined()
    const disabled = { "apis/a.json": definition({ domain: "a.example", domain_disabled: true }) }
    expect(loaded(disabled).routes.match(host, "/api/x")).toBe("api")
  })

  it("is one of a list, or alone in its file", () => {
    const second = definition({ api_id: "second", proxy: { listen_path: "/second" } })
    expect(loaded({ "apis/a.json": [definition(), second] }).apis.size).toBe(2)
    expect(problemsOf({ "apis/a.json": [definition(), 3] })).toEqual([
      "file.unknown_kind apis/a.json $[1]",
    ])
    expect(problemsOf({ "apis/a.json": [definition(), definition()] })).toContain(
      "api.duplicate apis/a.json $[1].api_id",
    )
  })

  it("may not share a route", () => {
    const second = definition({ api_id: "second", proxy: { listen_path: "/api" } })
    const result = load({ "apis/a.json": definition(), "apis/b.json": second })
    expect(result).toMatchObject({
      _tag: "Invalid",
      problems: [{ code: "api.route_conflict", file: "apis/b.json" }],
    })
    expect(problemsOf({ "apis/a.json": definition({ proxy: { listen_path: "/{id}" } }) })).toEqual([
      "api.route apis/a.json $.proxy.listen_path",
    ])
    expect(problemsOf({ "apis/a.json": definition({ domain: "a b" }) })).toEqual([
      "api.route apis/a.json $.domain",
    ])
  })
})
