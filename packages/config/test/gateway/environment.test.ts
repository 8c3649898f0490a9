import { describe, expect, it } from "vitest"
import { certificates } from "../certificates.ts"
import { definition, loaded, problemsOf } from "../folder.ts"

const settingsOf = (env: Readonly<Record<string, string>>, gateway: object = {}) =>
  loaded({ "apis/a.json": definition(), "gateway.json": gateway }, { env }).facts.settings

const problems = (env: Readonly<Record<string, string>>, gateway: object = {}) =>
  problemsOf({ "apis/a.json": definition(), "gateway.json": gateway }, { env })

describe("the environment", () => {
  it("TYK_GW_SECURITY_ALLOWDYNAMICMTLSTOKENAUTH and its later name are one flag", () => {
    for (const name of [
      "TYK_GW_SECURITY_ALLOWDYNAMICMTLSTOKENAUTH",
      "TYK_GW_SECURITY_ALLOWUNSAFEDYNAMICMTLSTOKEN",
    ]) {
      expect(settingsOf({ [name]: "true" }).flags.allowDynamicMtlsTokenAuth).toBe(true)
      expect(settingsOf({ [name]: "false" }).flags.allowDynamicMtlsTokenAuth).toBe(false)
    }
    const both = {
      TYK_GW_SECURITY_ALLOWDYNAMICMTLSTOKENAUTH: "true",
      TYK_GW_SECURITY_ALLOWUNSAFEDYNAMICMTLSTOKEN: "false",
    }
    expect(problems(both)).toEqual([
      "settings.contradiction environment TYK_GW_SECURITY_ALLOWUNSAFEDYNAMICMTLSTOKEN",
    ])
  })

  it("TYK_GW_SECURITY_DISABLECERTIFICATETOKENBINDING, and the name that S4 documents, switch bindings", () => {
    const disable = "TYK_GW_SECURITY_DISABLECERTIFICATETOKENBINDING"
    const enable = "TYK_GW_SECURITY_ENABLECERTIFICATETOKENBINDING"
    expect(settingsOf({ [disable]: "1" }).flags.certificateTokenBinding).toBe(false)
    expect(settingsOf({ [enable]: "0" }).flags.certificateTokenBinding).toBe(false)
    expect(settingsOf({ [enable]: "true" }).flags.certificateTokenBinding).toBe(true)
    expect(problems({ [disable]: "true", [enable]: "true" })).toEqual([
      `settings.contradiction environment ${enable}`,
    ])
    const gateway = { security: { disable_certificate_token_binding: true } }
    expect(problems({ [enable]: "true" }, gateway)).toEqual([
      `settings.contradiction environment ${enable}`,
    ])
  })

  it("TYK_GW_SECURITY_CERTIFICATES_API is a list separated by commas", () => {
    const { alice } = certificates
    const env = { TYK_GW_SECURITY_CERTIFICATES_API: `org${alice.sha256}, certs/alice.pem` }
    const files = { "apis/a.json": definition(), "certs/alice.pem": alice.pem }
    const { settings } = loaded(files, { env }).facts
    expect(settings.certificates.map(({ text }) => text)).toEqual([
      `org${alice.sha256}`,
      "certs/alice.pem",
    ])
    expect(problems({ TYK_GW_SECURITY_CERTIFICATES_API: "missing.pem" })).toEqual([
      "allow_list.unresolved environment TYK_GW_SECURITY_CERTIFICATES_API[0]",
    ])
  })

  it("names the other members by the rule of fields", () => {
    expect(
      settingsOf({
        TYK_GW_SECURITY_CERTIFICATEEXPIRYMONITOR_WARNINGTHRESHOLDDAYS: "7",
        TYK_GW_MINTOKENLENGTH: "40",
        TYK_GW_HASHKEYFUNCTION: "sha256",
        TYK_GW_HASHKEYFUNCTIONFALLBACK: "murmur64,murmur32",
        TYK_GW_DISABLEKEYACTIONSBYUSERNAME: "T",
        TYK_GW_ALLOWMASTERKEYS: "true",
        TYK_GW_HTTPSERVEROPTIONS_USESSL: "true",
        TYK_GW_HTTPSERVEROPTIONS_SKIPCLIENTCAANNOUNCEMENT: "true",
      }),
    ).toMatchObject({
      warningDays: 7,
      keys: {
        minTokenLength: 40,
        hashKeyFunction: "sha256",
        fallback: ["murmur64", "murmur32"],
        disableKeyActionsByUsername: true,
      },
      allowMasterKeys: true,
      listener: { tls: true, announcesAuthorities: false },
    })
    expect(problems({ TYK_GW_HASHKEYS: "true" })).toEqual([
      "settings.hashed_keys environment TYK_GW_HASHKEYS",
    ])
  })

  it("wins over the file, which may be left out altogether", () => {
    const gateway = { min_token_length: 10, security: { allow_dynamic_mtls_token_auth: true } }
    const env = {
      TYK_GW_MINTOKENLENGTH: "20",
      TYK_GW_SECURITY_ALLOWDYNAMICMTLSTOKENAUTH: "false",
    }
    expect(settingsOf(env, gateway)).toMatchObject({
      keys: { minTokenLength: 20 },
      flags: { allowDynamicMtlsTokenAuth: false },
    })
    expect(settingsOf({ TYK_GW_OMITCONFIGFILE: "true" }, gateway).keys.minTokenLength).toBe(0)
    expect(settingsOf({ TYK_GW_OMITCONFIGFILE: "false" }, gateway).keys.minTokenLength).toBe(10)
  })

  it("is read strictly", () => {
    for (const [name, value] of [
      ["TYK_GW_ALLOWMASTERKEYS", "yes"],
      ["TYK_GW_ALLOWMASTERKEYS", ""],
      ["TYK_GW_MINTOKENLENGTH", "-1"],
      ["TYK_GW_MINTOKENLENGTH", "1e3"],
      ["TYK_GW_OMITCONFIGFILE", "maybe"],
    ] as const) {
      expect(problems({ [name]: value })).toEqual([`document.type environment ${name}`])
    }
  })

  it("does not repair a wrong type of the file", () => {
    expect(problems({ TYK_GW_SECURITY_CERTIFICATES_API: "a" }, { security: [] })).toEqual([
      "document.type gateway.json $.security",
    ])
  })

  it("lists what it ignores and suggests what was meant", () => {
    const env = {
      TYK_GW_SECURITY_ALLOW_DYNAMIC_MTLS_TOKEN_AUTH: "true",
      TYK_GW_LISTENPORT: "8080",
      PATH: "/bin",
    }
    const gateway = { listen_port: 8080, security: { control_api_use_mutual_tls: false } }
    expect(settingsOf(env, gateway).ignored).toEqual([
      "listen_port",
      "security.control_api_use_mutual_tls",
      "TYK_GW_SECURITY_ALLOW_DYNAMIC_MTLS_TOKEN_AUTH",
      "TYK_GW_LISTENPORT",
    ])
    expect(problems(env, gateway)).toEqual([
      "settings.misspelt_key environment TYK_GW_SECURITY_ALLOW_DYNAMIC_MTLS_TOKEN_AUTH",
    ])
    expect(problems({}, { security: { allow_dynamic_mtls_tokenauth: true } })).toEqual([
      "settings.misspelt_key gateway.json $.security.allow_dynamic_mtls_tokenauth",
    ])
  })
})
