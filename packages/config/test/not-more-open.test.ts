import { join } from "node:path"
import fc from "fast-check"
import { expect, it } from "vitest"
import { type Configuration, createLoader, loadConfiguration } from "../src/index.ts"
import { ask, type Presented } from "./ask.ts"
import { certificates } from "./certificates.ts"
import { definition, folder, now, write } from "./folder.ts"
import { mutate, mutations } from "./mutation.ts"

const { alice, bob, openssl } = certificates

const base64 = (text: string): string => Buffer.from(text).toString("base64")
const idOf = (name: string): string => base64(`default/${name}`).replace(/=+$/, "")

const right = { api_id: "a", versions: ["Default"], allowed_urls: [] }
const rights = {
  listed: right,
  dynamic: { ...right, api_id: "dynamic" },
  token: { ...right, api_id: "token" },
  "oas-token": {},
  "oas-dynamic": {},
  [idOf("classic")]: {},
  [idOf("petstore")]: {},
}
const session = { org_id: "org", expires: 0, is_inactive: false, access_rights: rights }

function openapi(id: string, server: object): object {
  return {
    openapi: "3.0.3",
    components: { securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } } },
    security: [{ key: [] }],
    "x-tyk-api-gateway": {
      info: { id, orgId: "org", state: { active: true, internal: false } },
      server: { listenPath: { value: `/${id}/` }, ...server },
    },
  }
}

const listedHere = { enabled: true, allowlist: [`org${alice.sha256}`] }
const unlisted = { enabled: false }

/** One document of every kind; every restriction there is stands in one of them. */
const documents = {
  "gateway.json": {
    hash_keys: false,
    min_token_length: 6,
    allow_master_keys: false,
    security: {
      allow_dynamic_mtls_token_auth: false,
      disable_certificate_token_binding: false,
      certificates: { apis: [`org${openssl.sha256}`] },
    },
    override_messages: { "auth.cert_expired": { code: 403, message: "expired" } },
  },
  "apis/all.json": [
    definition({
      api_id: "listed",
      use_keyless: true,
      use_standard_auth: false,
      use_mutual_tls_auth: true,
      client_certificates: [`org${alice.sha256}`],
      proxy: { listen_path: "/listed/" },
    }),
    definition({
      api_id: "token",
      use_mutual_tls_auth: true,
      client_certificates: [`org${alice.sha256}`, bob.pem],
      auth_configs: { authToken: { use_certificate: false } },
      proxy: { listen_path: "/token/" },
      version_data: { not_versioned: true, versions: { Default: { name: "Default" } } },
    }),
    definition({
      api_id: "dynamic",
      auth_configs: { authToken: { auth_header_name: "X", use_certificate: true } },
      proxy: { listen_path: "/dynamic/" },
    }),
    definition({ api_id: "refused", enable_jwt: false, proxy: { listen_path: "/refused/" } }),
  ],
  "apis/openapi.json": [
    openapi("oas-listed", {
      clientCertificates: listedHere,
      authentication: { enabled: false },
    }),
    openapi("oas-token", {
      clientCertificates: listedHere,
      authentication: {
        enabled: true,
        securitySchemes: { key: { enabled: true, header: { enabled: true, name: "X-Key" } } },
        hmac: { enabled: false },
        securityProcessingMode: "legacy",
      },
    }),
    openapi("oas-dynamic", {
      clientCertificates: unlisted,
      authentication: { enabled: true, certificateAuth: { enabled: true } },
    }),
  ],
  "manifests.yaml": {
    apiVersion: "v1",
    kind: "List",
    items: [
      {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "alice", namespace: "default" },
        data: { "tls.crt": base64(alice.pem), "tls.key": "" },
      },
      {
        apiVersion: "tyk.tyk.io/v1alpha1",
        kind: "ApiDefinition",
        metadata: { name: "classic", namespace: "default" },
        spec: {
          active: true,
          org_id: "org",
          // Said, so that a mutation which adds it names it twice.
          use_keyless: false,
          use_mutual_tls_auth: true,
          client_certificate_refs: ["alice"],
          proxy: { listen_path: "/classic" },
        },
      },
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "cm" },
        data: {
          doc: JSON.stringify(openapi("", { authentication: { enabled: true } })).replace(
            "/" + "/",
            "/petstore/",
          ),
        },
      },
      {
        apiVersion: "tyk.tyk.io/v1alpha1",
        kind: "TykOasApiDefinition",
        metadata: { name: "petstore" },
        spec: {
          tykOAS: { configmapRef: { name: "cm", namespace: "default", keyName: "doc" } },
          clientCertificate: { enabled: true, allowlist: ["alice"] },
        },
      },
    ],
  },
  "sessions/all.json": {
    unbound: session,
    "bound-to-alice": { ...session, mtls_static_certificate_bindings: [`org${alice.sha256}`] },
    "inactive-one": { ...session, is_inactive: true },
    "expired-one": { ...session, expires: 1_000 },
    "foreign-one": { ...session, org_id: "other" },
    "narrow-one": {
      ...session,
      access_rights: { token: { ...right, allowed_urls: [{ url: "/a" }] } },
    },
    "policies-one": { ...session, apply_policies: ["gold"] },
    "nothing-one": { ...session, access_rights: {} },
    [`org${alice.sha256}`]: { ...session, certificate: `org${alice.sha256}` },
  },
}

const stores = {
  "certs/alice.pem": alice.pem,
  "certs/bob.pem": bob.pem,
  "certs/openssl.pem": openssl.pem,
}

/**
 * What is off where it is absent, in the words of the documents: leaving one out is another document, not
 * a broken one. Everything about them but their absence is tried.
 */
const offByDefault = [
  "use_certificate",
  "authToken",
  "auth_configs",
  "mtls_static_certificate_bindings",
  "is_inactive",
  "apply_policies",
  "allowed_urls",
  "min_token_length",
  "certificateAuth",
  "clientCertificate",
]

const leaves = [undefined, alice.sha256, bob.sha256, openssl.sha256, "cd".repeat(32)]
const tokens = [undefined, "short", "unknown-token", ...Object.keys(documents["sessions/all.json"])]
const apiIds = [
  "listed",
  "token",
  "dynamic",
  "refused",
  "oas-listed",
  "oas-token",
  "oas-dynamic",
  idOf("classic"),
  idOf("petstore"),
]
const requests: readonly Presented[] = apiIds.flatMap((apiId) =>
  tokens.flatMap((token) => leaves.map((leaf) => ({ apiId, token, leaf }))),
)

const allowed = (configuration: Configuration): readonly boolean[] =>
  requests.map((request) => ask(configuration, request, now)?._tag === "Allow")

it("the documents decide as they should before they are mutated", () => {
  const original = loadConfiguration(folder({ ...stores, ...documents }), { now })
  if (original._tag === "Invalid") throw new Error(original.problems.map((p) => p.message).join())
  const counts = apiIds.map(
    (apiId) =>
      requests.filter(
        (request) => request.apiId === apiId && ask(original, request, now)?._tag === "Allow",
      ).length,
  )
  expect(counts).toMatchInlineSnapshot(`
    [
      24,
      5,
      3,
      0,
      24,
      4,
      3,
      4,
      4,
    ]
  `)
})

for (const [name, document] of Object.entries(documents)) {
  it(`${name}, mutated, is refused or opens nothing that was closed`, () => {
    const root = folder({ ...stores, ...documents })
    const loader = createLoader(root, { now })
    const original = loader.load()
    if (original._tag === "Invalid") throw new Error("the original is valid")
    const before = allowed(original)
    let refused = 0
    fc.assert(
      fc.property(mutations(document, offByDefault), (mutation) => {
        write(root, { [name]: mutate(document, mutation) })
        const after = loader.load({ changed: [join(root, name)] })
        if (after._tag === "Invalid") {
          refused++
          expect(after.problems.some(({ severity }) => severity === "error")).toBe(true)
          expect(after.problems.every(({ file, place }) => file !== "" && place !== "")).toBe(true)
          return
        }
        const opened = allowed(after).flatMap((allows, i) =>
          allows && !before[i] ? [requests[i]] : [],
        )
        expect(opened).toEqual([])
      }),
      { numRuns: 200 },
    )
    expect(refused).toBeGreaterThan(5)
  }, 60_000)
}
