import { describe, expect, it } from "vitest"
import { ask } from "../ask.ts"
import { certificates } from "../certificates.ts"
import { type Files, loaded, now, problemsOf } from "../folder.ts"

const { openssl, alice } = certificates

// The two examples of the page on client mTLS (seed S3), as they stand there.
const classic = `apiVersion: tyk.tyk.io/v1alpha1
kind: ApiDefinition
metadata:
  name: httpbin-client-mtls
spec:
  name: Httpbin Client MTLS
  protocol: http
  active: true
  proxy:
    target_url: http://httpbin.org
    listen_path: /httpbin
    strip_listen_path: true
  version_data:
    default_version: Default
    not_versioned: true
    versions:
      Default:
        name: Default
  use_mutual_tls_auth: true
  client_certificate_refs:
    - my-test-tls
`

const openapi = `# Secret is not created in this manifest.
# Please store client certificate in k8s TLS secret \`tls-cert\`.

apiVersion: v1
data:
  test_oas.json: |-
    {
        "info": {
          "title": "Petstore",
          "version": "1.0.0"
        },
        "openapi": "3.0.3",
        "components": {},
        "paths": {},
        "x-tyk-api-gateway": {
          "info": {
            "name": "Petstore",
            "state": {
              "active": true
            }
          },
          "upstream": {
            "url": "https://petstore.swagger.io/v2"
          },
          "server": {
            "listenPath": {
              "value": "/petstore/",
              "strip": true
            }
          }
        }
      }
kind: ConfigMap
metadata:
  name: cm
  namespace: default
---
apiVersion: tyk.tyk.io/v1alpha1
kind: TykOasApiDefinition
metadata:
  name: petstore
spec:
  tykOAS:
    configmapRef:
      name: cm
      namespace: default
      keyName: test_oas.json
  clientCertificate: 
      enabled: true
      allowlist: [tls-cert]
`

const base64 = (text: string): string => Buffer.from(text).toString("base64")

/** What \`kubectl create secret tls\` makes. */
const secret = (name: string, data: Readonly<Record<string, string>>): string => `apiVersion: v1
kind: Secret
type: kubernetes.io/tls
metadata:
  name: ${name}
data:
${Object.entries(data)
  .map(([key, value]) => `  ${key}: ${value}`)
  .join("\n")}
`

const tls = { "tls.crt": base64(openssl.pem), "tls.key": base64(openssl.privateKeyPem) }
const classicId = Buffer.from("default/httpbin-client-mtls").toString("base64url")
const openapiId = Buffer.from("default/petstore").toString("base64url")
const options = { orgId: "org" }

const both: Files = {
  "classic.yaml": classic,
  "openapi.yaml": openapi,
  "secrets.yml": `${secret("my-test-tls", tls)}---\n${secret("tls-cert", tls)}`,
}

describe("the manifests of an operator", () => {
  it("load as documented, ids made of namespace and name", () => {
    const configuration = loaded(both, options)
    expect([...configuration.apis.keys()].sort()).toEqual([classicId, openapiId].sort())
    expect(configuration.routes.match(undefined, "/httpbin/get")).toBe(classicId)
    expect(configuration.routes.match(undefined, "/petstore/pets")).toBe(openapiId)
    for (const { policy } of configuration.apis.values()) {
      if (policy.staticMtls === "off") throw new Error("static mTLS is on")
      expect(policy.orgId).toBe("org")
      expect(policy.staticMtls.leaves.size).toBe(1)
    }
    expect(configuration.certificates).toEqual(new Set([`org${openssl.sha256}`]))
  })

  it("decide: the listed certificate and a token, and nothing less", () => {
    const configuration = loaded(
      {
        ...both,
        "sessions/a-token-of-it.json": {
          org_id: "org",
          expires: 0,
          access_rights: { [classicId]: {}, [openapiId]: {} },
        },
      },
      options,
    )
    const answer = (apiId: string, leaf: string | undefined, token: string | undefined) => {
      const verdict = ask(configuration, { apiId, leaf, token }, now)
      return verdict?._tag === "Deny" ? verdict.reason : verdict?._tag
    }
    for (const apiId of [classicId, openapiId]) {
      expect(answer(apiId, openssl.sha256, "a-token-of-it")).toBe("Allow")
      expect(answer(apiId, openssl.sha256, undefined)).toBe("auth.auth_field_missing")
      expect(answer(apiId, alice.sha256, "a-token-of-it")).toBe("mtls.cert_not_allowed")
      expect(answer(apiId, undefined, "a-token-of-it")).toBe("mtls.cert_required")
    }
  })

  it("report the private key of a secret and a definition that is silent about authentication", () => {
    expect([...problemsOf(both, options)].sort()).toEqual([
      'api.authentication_assumed openapi.yaml $.data["test_oas.json"]: $.x-tyk-api-gateway.server.authentication.enabled',
      'certificate.private_key secrets.yml $.data["tls.key"]',
      'certificate.private_key secrets.yml document 2: $.data["tls.key"]',
    ])
  })

  it("need every secret, and a certificate in it", () => {
    const missing = "allow_list.unresolved classic.yaml $.spec.client_certificate_refs[0]"
    const only = (text: string): readonly string[] =>
      problemsOf({ "classic.yaml": classic, "secret.yaml": text }, options)
    expect(only("")).toEqual([missing])
    expect(only(secret("other", tls))).toEqual([missing])
    expect(only(secret("my-test-tls", { "tls.key": tls["tls.key"] }))).toEqual([missing])
    expect(only(secret("my-test-tls", { "tls.crt": "no base64!" }))).toEqual([missing])
    expect(only(secret("my-test-tls", { "tls.crt": base64("nothing") }))).toEqual([
      'certificate.unreadable secret.yaml $.data["tls.crt"]',
    ])
    const elsewhere = secret("my-test-tls", tls).replace("name: my", "namespace: other\n  name: my")
    expect(only(elsewhere)).toEqual([missing])
  })

  it("take opaque secrets, written plainly too", () => {
    const pem = openssl.pem.trimEnd().replaceAll("\n", "\n    ")
    const plain = `apiVersion: v1\nkind: Secret\ntype: Opaque\nmetadata: {name: my-test-tls}\nstringData:\n  tls.crt: |\n    ${pem}\n`
    expect(problemsOf({ "all.yaml": `${classic}---\n${plain}` }, options)).toEqual([])
  })

  it("need the config map and the key in it", () => {
    const unresolved = "manifest.unresolved openapi.yaml document 2: $.spec.tykOAS.configmapRef"
    const secrets = { "secrets.yml": secret("tls-cert", tls) }
    const renamed = openapi.replace("test_oas.json: |-", "other.json: |-")
    expect(problemsOf({ ...secrets, "openapi.yaml": renamed }, options)).toContain(unresolved)
    const broken = openapi.replace('"openapi": "3.0.3",', '"openapi": ,')
    expect(problemsOf({ ...secrets, "openapi.yaml": broken }, options)).toContainEqual(
      expect.stringMatching(/^document.syntax openapi.yaml \$.data.*, line 6, column \d+$/),
    )
  })

  it("need an organisation", () => {
    expect(
      problemsOf({ "classic.yaml": `${classic}---\n${secret("my-test-tls", tls)}` }),
    ).toContain("document.type classic.yaml $.spec.org_id")
  })

  it("may not lose the switch of their certificates", () => {
    const lost = classic.replace("  use_mutual_tls_auth: true\n", "")
    const files = { "a.yaml": `${lost}---\n${secret("my-test-tls", tls)}` }
    expect(problemsOf(files, options)).toContain(
      "api.static_mtls_unsaid a.yaml $.spec.use_mutual_tls_auth",
    )
    const dropped = openapi.replace("      enabled: true\n", "")
    expect(
      problemsOf({ "a.yaml": `${dropped}---\n${secret("tls-cert", tls)}` }, options),
    ).toContain("api.static_mtls_unsaid a.yaml document 2: $.spec.clientCertificate.enabled")
    const misspelt = openapi.replace("clientCertificate:", "clientCertificates:")
    expect(problemsOf({ "a.yaml": misspelt }, options)).toContain(
      "document.misspelt_key a.yaml document 2: $.spec.clientCertificates",
    )
  })

  it("may not misspell the references of their certificates", () => {
    const camel = classic.replace("client_certificate_refs", "clientCertificateRefs")
    expect(problemsOf({ ...both, "classic.yaml": camel }, options)).toContain(
      "document.misspelt_key classic.yaml $.spec.clientCertificateRefs",
    )
  })

  it("leave other objects alone and say so", () => {
    const other = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n"
    expect(problemsOf({ ...both, "other.yaml": other }, options)).toContain(
      "manifest.not_read other.yaml $.kind",
    )
    expect(problemsOf({ ...both, "again.yaml": secret("tls-cert", tls) }, options)).toContain(
      "manifest.duplicate secrets.yml document 2: $",
    )
  })

  it("may come as a list", () => {
    const items = `${secret("my-test-tls", tls)}`.trimEnd().replaceAll("\n", "\n    ")
    const list = `apiVersion: v1\nkind: List\nitems:\n  - ${items}\n`
    expect(problemsOf({ "all.yaml": `${classic}---\n${list}` }, options)).toEqual([
      'certificate.private_key all.yaml document 2: $.items[0].data["tls.key"]',
    ])
  })
})
