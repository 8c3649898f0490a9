import { describe, expect, it } from "vitest"
import { loaded, problemsOf } from "../folder.ts"

interface Parts {
  readonly authentication?: object | undefined
  readonly server?: object
  readonly info?: object
  readonly root?: object
}

const apiKey = { type: "apiKey", in: "header", name: "X-Key" }

function openapi({ authentication, server = {}, info = {}, root = {} }: Parts): object {
  return {
    openapi: "3.0.3",
    info: { title: "Pets", version: "1" },
    paths: {},
    components: {
      securitySchemes: { token: apiKey, other: apiKey, jwt: { type: "http", scheme: "bearer" } },
    },
    security: [{ token: [] }],
    "x-tyk-api-gateway": {
      info: { id: "api", orgId: "org", name: "Pets", state: { active: true }, ...info },
      upstream: { url: "http://localhost" },
      server: {
        listenPath: { value: "/pets/", strip: true },
        ...(authentication && { authentication: { enabled: true, ...authentication } }),
        ...server,
      },
    },
    ...root,
  }
}

const load = (parts: Parts) => {
  const api = loaded({ "apis/a.json": openapi(parts) }).apis.get("api")
  if (api === undefined) throw new Error("no api")
  return api
}
const problems = (parts: Parts) => problemsOf({ "apis/a.json": openapi(parts) })
const usesCertificate = (authentication: object, root: object = {}): boolean => {
  const { identity } = load({ authentication, root }).policy
  return identity._tag === "authToken" && identity.certificate
}
const at = "apis/a.json $.x-tyk-api-gateway.server"

const token = (changes: object = {}) => ({
  securitySchemes: { token: { enabled: true, ...changes } },
})
const oldForm = token({ enableClientCertificate: true })

describe("an OpenAPI definition", () => {
  it("J1: an explicit certificateAuth that is off beats enableClientCertificate", () => {
    expect(usesCertificate({ ...oldForm, certificateAuth: { enabled: false } })).toBe(false)
  })
  it("J2, J8: enableClientCertificate counts where certificateAuth is absent", () => {
    expect(usesCertificate(oldForm)).toBe(true)
  })
  it("J3, J16: an empty certificateAuth, which is off to gateways, has to say so", () => {
    for (const scheme of [token(), oldForm]) {
      expect(problems({ authentication: { ...scheme, certificateAuth: {} } })).toEqual([
        `api.authentication_unsaid ${at}.authentication.certificateAuth.enabled`,
      ])
    }
  })
  it("is refused where another mechanism lost its switch", () => {
    for (const name of ["hmac", "oidc", "custom"]) {
      expect(problems({ authentication: { ...token(), [name]: {} } })).toEqual([
        `api.authentication_unsaid ${at}.authentication.${name}.enabled`,
      ])
      expect(problems({ authentication: { ...token(), [name]: { enabled: false } } })).toEqual([])
    }
    expect(problems({ authentication: token({ signatureValidation: {} }) })).toEqual([
      `api.authentication_unsaid ${at}.authentication.securitySchemes.token.signatureValidation.enabled`,
    ])
  })
  it("J4, J9, J13: certificateAuth switches it on", () => {
    expect(usesCertificate({ ...token(), certificateAuth: { enabled: true } })).toBe(true)
    expect(usesCertificate({ certificateAuth: { enabled: true } }, { security: undefined })).toBe(
      true,
    )
  })
  it("J10, J12, J14: without either it is off", () => {
    expect(usesCertificate(token())).toBe(false)
    expect(usesCertificate({ certificateAuth: { enabled: false } })).toBe(false)
  })
  it("J18 to J23: only a scheme that says so has it on", () => {
    const schemes = {
      securitySchemes: {
        token: { enabled: true },
        other: { enabled: true, enableClientCertificate: true },
      },
    }
    expect(usesCertificate(token({ enableClientCertificate: false }))).toBe(false)
    expect(usesCertificate(schemes, { security: [{ other: [] }] })).toBe(true)
    // Stricter than the reference: a lost requirement does not switch it off.
    expect(usesCertificate(schemes, { security: [] })).toBe(true)
  })
  it("J24: empty client certificates are off, and have to say so", () => {
    expect(
      load({ authentication: {}, server: { clientCertificates: { enabled: false } } }).policy
        .staticMtls,
    ).toBe("off")
    expect(problems({ authentication: {}, server: { clientCertificates: {} } })).toEqual([
      `api.static_mtls_unsaid ${at}.clientCertificates.enabled`,
    ])
  })

  it("is keyless only in so many words", () => {
    const keyless = { authentication: { enabled: false } }
    expect(load(keyless).policy.identity).toEqual({ _tag: "keyless" })
    expect(problems(keyless)).toEqual([`api.open ${at}.authentication.enabled`])
    const server = { clientCertificates: { enabled: true, allowlist: [] } }
    for (const authentication of [undefined, { enabled: undefined }]) {
      expect(problems({ authentication })).toEqual([
        `api.authentication_unsaid ${at}.authentication.enabled`,
      ])
      expect(load({ authentication, server }).policy.identity._tag).toBe("authToken")
      expect(problems({ authentication, server })).toContain(
        `api.authentication_assumed ${at}.authentication.enabled`,
      )
    }
    expect(problems({ authentication: { enabled: null } })).toEqual([
      `document.type ${at}.authentication.enabled`,
    ])
    expect(problems({ authentication: { enabled: false, ...token() } })).toEqual([
      `api.contradiction ${at}.authentication.enabled`,
    ])
  })

  it("may not be protected by addresses alone", () => {
    const ipAccessControl = { enabled: true, allow: ["10.0.0.1"] }
    expect(problems({ authentication: { enabled: false }, server: { ipAccessControl } })).toContain(
      `api.mechanism ${at}.authentication.enabled`,
    )
    expect(problems({ authentication: token(), server: { ipAccessControl } })).toEqual([
      `api.not_enforced ${at}.ipAccessControl.enabled`,
    ])
  })

  it("reads tokens where its scheme and the extension say", () => {
    expect(load({ authentication: token() }).token).toEqual({
      header: "x-key",
      query: undefined,
      cookie: undefined,
    })
    const places = { query: { enabled: true, name: "q" }, cookie: { enabled: true, name: "c" } }
    expect(load({ authentication: token(places) }).token).toEqual({
      header: "x-key",
      query: "q",
      cookie: "c",
    })
    const inQuery = {
      components: { securitySchemes: { token: { type: "apiKey", in: "query", name: "k" } } },
    }
    expect(load({ authentication: token(), root: inQuery }).token).toEqual({
      header: undefined,
      query: "k",
      cookie: undefined,
    })
    const both = { ...token(), certificateAuth: { enabled: true } }
    expect(load({ authentication: both, root: inQuery }).token).toMatchObject({
      header: "authorization",
      query: "k",
    })
    expect(load({ authentication: {}, root: { security: undefined } }).token).toMatchObject({
      header: "authorization",
    })
  })

  it("takes the first requirement in legacy mode and every one as an alternative in compliant mode", () => {
    const root = { security: [{ token: [] }, { other: [] }] }
    expect(load({ authentication: token(), root }).policy.identity).toEqual({
      _tag: "authToken",
      certificate: false,
    })
    const compliant = { ...token(), securityProcessingMode: "compliant" }
    const mechanism = { _tag: "authToken", certificate: false }
    expect(load({ authentication: compliant, root }).policy.identity).toEqual({
      _tag: "alternatives",
      groups: [[mechanism], [mechanism]],
    })
    const own = { ...compliant, security: [["other"]] }
    expect(load({ authentication: own }).policy.identity._tag).toBe("alternatives")
    expect(load({ authentication: compliant }).policy.identity).toEqual(mechanism)
    expect(
      problems({ authentication: compliant, root: { security: [{ token: [] }, {}] } }),
    ).toEqual([`api.contradiction ${at}.authentication.security`])
    const unknown = { ...token(), securityProcessingMode: "strict" }
    expect(problems({ authentication: unknown })).toEqual([
      `document.type ${at}.authentication.securityProcessingMode`,
    ])
  })

  it("is refused where tokens of different schemes stand in different places", () => {
    const schemes = { token: apiKey, other: { ...apiKey, name: "Other" } }
    expect(
      problems({
        authentication: { ...token(), securityProcessingMode: "compliant" },
        root: {
          security: [{ token: [] }, { other: [] }],
          components: { securitySchemes: schemes },
        },
      }),
    ).toEqual([`api.mechanism ${at}.authentication.securitySchemes`])
  })

  it("is refused with every mechanism that is not honoured", () => {
    for (const name of ["hmac", "oidc", "custom"]) {
      expect(problems({ authentication: { ...token(), [name]: { enabled: true } } })).toEqual([
        `api.mechanism ${at}.authentication.${name}.enabled`,
      ])
    }
    expect(problems({ authentication: token(), root: { security: [{ jwt: [] }] } })).toEqual([
      `api.mechanism ${at}.authentication.securitySchemes.jwt`,
    ])
    expect(problems({ authentication: token(), root: { security: [{ nothing: [] }] } })).toEqual([
      `api.mechanism ${at}.authentication.securitySchemes.nothing`,
    ])
    expect(problems({ authentication: { securitySchemes: { jwt: { enabled: true } } } })).toEqual([
      `api.mechanism ${at}.authentication.securitySchemes.jwt.enabled`,
    ])
    expect(problems({ authentication: token({ signatureValidation: { enabled: true } }) })).toEqual(
      [`api.mechanism ${at}.authentication.securitySchemes.token.signatureValidation.enabled`],
    )
    expect(problems({ authentication: { baseIdentityProvider: "custom_auth" } })).toEqual([
      `api.base_identity ${at}.authentication.baseIdentityProvider`,
    ])
    expect(problems({ authentication: {}, server: { protocol: "tcp" } })).toEqual([
      `api.protocol ${at}.protocol`,
    ])
  })

  it("is not mistaken: look-alikes of members are refused", () => {
    expect(problems({ authentication: { certificateAuths: { enabled: true } } })).toEqual([
      `document.misspelt_key ${at}.authentication.certificateAuths`,
    ])
    expect(problems({ authentication: token({ enableClientCertificates: true }) })).toEqual([
      `document.misspelt_key ${at}.authentication.securitySchemes.token.enableClientCertificates`,
    ])
    expect(
      problems({ authentication: {}, server: { ClientCertificates: { enabled: true } } }),
    ).toEqual([`document.key_case ${at}.ClientCertificates`])
  })

  it("has its place, its versions and its state", () => {
    const domain = { customDomain: { enabled: true, name: "pets.example.com" } }
    const one = loaded({ "apis/a.json": openapi({ authentication: {}, server: domain }) })
    expect(one.facts.apis[0]?.definition).toMatchObject({
      host: "pets.example.com",
      listenPath: "/pets/",
      versions: "not_versioned",
    })
    const strip = load({ authentication: { stripAuthorizationData: true } })
    expect(strip.policy.stripAuthorizationData).toBe(true)
    expect(problems({ info: { state: { active: false } } })).toContain(
      "api.not_served apis/a.json $.x-tyk-api-gateway.info.state.active",
    )
    expect(problems({ authentication: {}, info: { id: undefined } })).toEqual([
      "document.type apis/a.json $.x-tyk-api-gateway.info.id",
    ])
    expect(problems({ authentication: {}, info: { orgId: undefined } })).toEqual([
      "document.type apis/a.json $.x-tyk-api-gateway.info.orgId",
    ])
    expect(problemsOf({ "apis/a.json": { openapi: "3.0.3" } })).toEqual([
      "document.type apis/a.json $.x-tyk-api-gateway",
    ])
  })

  it("may be written as YAML", () => {
    const yaml = `openapi: 3.0.3
info: {title: Pets, version: "1"}
paths: {}
x-tyk-api-gateway:
  info: {id: api, orgId: org, state: {active: true}}
  server:
    listenPath: {value: /pets/}
    authentication: {enabled: true, certificateAuth: {enabled: true}}
`
    const api = loaded({ "apis/a.yaml": yaml }).apis.get("api")
    expect(api?.policy.identity).toEqual({ _tag: "authToken", certificate: true })
  })
})
