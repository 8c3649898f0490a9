import { describe, expect, it } from "vitest"
import { definition, loaded, problemsOf } from "../folder.ts"

const files = (settings: unknown) => ({ "apis/a.json": definition(), "gateway.json": settings })
const flags = (security: object) => loaded(files({ security })).apis.get("api")?.policy.flags

describe("the settings of a gateway", () => {
  it("are safe where they say nothing", () => {
    const safe = {
      allowDynamicMtlsTokenAuth: false,
      certificateTokenBinding: true,
      boundCertificateSatisfiesAllowList: false,
    }
    expect(loaded({ "apis/a.json": definition() }).apis.get("api")?.policy.flags).toEqual(safe)
    expect(flags({})).toEqual(safe)
  })

  it("have two names for the flag of tokens in dynamic mTLS", () => {
    expect(flags({ allow_dynamic_mtls_token_auth: true })?.allowDynamicMtlsTokenAuth).toBe(true)
    expect(flags({ allow_unsafe_dynamic_mtls_token: true })?.allowDynamicMtlsTokenAuth).toBe(true)
    const both = { allow_dynamic_mtls_token_auth: true, allow_unsafe_dynamic_mtls_token: true }
    expect(flags(both)?.allowDynamicMtlsTokenAuth).toBe(true)
    const differ = { ...both, allow_unsafe_dynamic_mtls_token: false }
    expect(problemsOf(files({ security: differ }))).toEqual([
      "settings.contradiction gateway.json $.security.allow_unsafe_dynamic_mtls_token",
    ])
  })

  it("have a positive and a negative name for the flag of bindings", () => {
    expect(flags({ disable_certificate_token_binding: true })?.certificateTokenBinding).toBe(false)
    expect(flags({ enable_certificate_token_binding: false })?.certificateTokenBinding).toBe(false)
    expect(flags({ enable_certificate_token_binding: true })?.certificateTokenBinding).toBe(true)
    for (const value of [true, false]) {
      const security = {
        disable_certificate_token_binding: value,
        enable_certificate_token_binding: value,
      }
      expect(problemsOf(files({ security }))).toEqual([
        "settings.contradiction gateway.json $.security.enable_certificate_token_binding",
      ])
    }
  })

  it("may not ask for hashed keys, which are never found in memory", () => {
    expect(problemsOf(files({ hash_keys: true }))).toEqual([
      "settings.hashed_keys gateway.json $.hash_keys",
    ])
    expect(problemsOf(files({ hash_keys: false }))).toEqual([])
  })

  it("override messages, but never into a status that is no denial", () => {
    const override = {
      "auth.cert_required": { code: 401, message: "Client certificate required" },
      "auth.key_not_found": { code: 0, message: "" },
      "oauth.unknown": { code: 200 },
    }
    const { responses } = loaded(files({ override_messages: override }))
    expect(responses["auth.cert_required"]).toEqual({
      status: 401,
      message: "Client certificate required",
    })
    expect(responses["auth.key_not_found"].status).toBe(403)
    expect(problemsOf(files({ override_messages: override }))).toEqual([
      'settings.override_ignored gateway.json $.override_messages["oauth.unknown"]',
    ])
    for (const code of [200, 399, 600, 403.5]) {
      expect(problemsOf(files({ override_messages: { "auth.cert_expired": { code } } }))).toEqual([
        'settings.override gateway.json $.override_messages["auth.cert_expired"].code',
      ])
    }
  })

  it("reject wrong types and ignore what they do not know", () => {
    expect(
      problemsOf(
        files({
          min_token_length: -1,
          allow_master_keys: "no",
          security: { allow_dynamic_mtls_token_auth: 1, certificates: { apis: "a" } },
          storage: { type: "redis" },
        }),
      ),
    ).toEqual([
      "document.type gateway.json $.min_token_length",
      "document.type gateway.json $.allow_master_keys",
      "document.type gateway.json $.security.allow_dynamic_mtls_token_auth",
      "document.type gateway.json $.security.certificates.apis",
    ])
    expect(problemsOf(files([]))).toEqual(["document.type gateway.json $"])
  })
})
