import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type DemoGateway, demoGateway, type Folder, temporaryFolder } from "./gateway-folder.ts"
import { ran } from "./terminal.ts"

const orgId = "acme"
const open = { org_id: orgId, use_keyless: true, use_mutual_tls_auth: false }
const token = {
  org_id: orgId,
  use_keyless: false,
  use_mutual_tls_auth: false,
  auth_configs: { authToken: {} },
}

function api(id: string, rest: object): object {
  return { api_id: id, active: true, proxy: { listen_path: `/${id}/` }, ...rest }
}

describe("a configuration that can be served", () => {
  let gateway: DemoGateway
  beforeAll(async () => {
    gateway = await demoGateway()
  })
  afterAll(() => gateway.remove())

  it("ends well in spite of warnings, and counts what it found", async () => {
    const { code, out, err } = await ran(["check", "--config", gateway.path])
    expect([code, err]).toEqual([0, ""])
    expect(out).toContain("warning apis/open.json $.use_keyless")
    expect(out).toMatch(/\n0 errors, \d+ warnings; 11 APIs, 16 sessions, 11 stored certificates\n$/)
  })

  it("fails for warnings if it is to be strict", async () => {
    expect((await ran(["check", "--config", gateway.path, "--strict"])).code).toBe(1)
  })

  it("audits what it means, not only how it is written", async () => {
    const { out } = await ran(["check", "--config", gateway.path])
    expect(out).toContain("certificate.expired")
    expect(out).toContain("session.certificate_not_stored")
  })

  it("prints the report of the audit as JSON", async () => {
    const { out } = await ran(["check", "--config", gateway.path, "--json"])
    const { problems, ...report } = JSON.parse(out)
    expect(report).toEqual({
      version: 1,
      servable: true,
      errors: 0,
      warnings: problems.length,
      ignored: [],
      apis: 11,
      sessions: 16,
      certificates: 11,
    })
    expect(problems[0]).toEqual({
      severity: "warning",
      code: expect.any(String),
      file: expect.any(String),
      place: expect.any(String),
      message: expect.any(String),
      remedy: expect.any(String),
    })
  })

  it("never prints a token or a certificate", async () => {
    const { out } = await ran(["check", "--config", gateway.path])
    for (const text of gateway.tokens.keys.values()) expect(out).not.toContain(text)
    expect(out).not.toContain("-----BEGIN")
  })
})

describe("a configuration without a fault", () => {
  let folder: Folder
  beforeEach(() => {
    folder = temporaryFolder()
    folder.write("apis/a.json", api("a", token))
    folder.write("sessions/7c9e6679f4a84b0e.json", {
      org_id: orgId,
      expires: 0,
      access_rights: { a: { api_id: "a", versions: [] } },
    })
  })
  afterEach(() => folder.remove())

  it("is clean even where warnings count", async () => {
    const { code, out } = await ran(["check", "--config", folder.path, "--strict"])
    expect([code, out]).toEqual([
      0,
      "0 errors, 0 warnings; 1 API, 1 session, 0 stored certificates\n",
    ])
  })

  it("names the settings that decide nothing here", async () => {
    folder.write("gateway.json", { listen_port: 8080, "\u001b[2Jx": 1 })
    const { code, out } = await ran(["check", "--config", folder.path, "--strict"])
    expect(code).toBe(0)
    expect(out).toContain("ignored settings that decide nothing here: listen_port")
    expect(out).not.toContain("\u001b")
  })

  it("takes the organisation of manifests from the command line", async () => {
    folder.write("api.yaml", operatorManifest)
    const args = ["check", "--config", folder.path]
    expect((await ran(args)).code).toBe(2)
    const { code, out } = await ran([...args, "--org", orgId])
    expect([code, out]).toEqual([0, expect.stringMatching(/2 APIs/)])
  })
})

const operatorManifest = `apiVersion: tyk.tyk.io/v1alpha1
kind: ApiDefinition
metadata:
  name: orders
  namespace: shop
spec:
  name: orders
  protocol: http
  active: true
  use_keyless: false
  use_standard_auth: true
  use_mutual_tls_auth: false
  auth_configs: { authToken: { auth_header_name: x-token } }
  proxy: { target_url: "http://upstream.test", listen_path: /orders/, strip_listen_path: true }
`

describe("a configuration that cannot be served", () => {
  let folder: Folder
  beforeEach(() => {
    folder = temporaryFolder()
  })
  afterEach(() => folder.remove())

  const bad: readonly (readonly [name: string, make: () => void, file: string, place: string])[] = [
    [
      "a wrong type",
      () => folder.write("apis/a.json", api("a", { ...token, use_mutual_tls_auth: "yes" })),
      "apis/a.json",
      "$.use_mutual_tls_auth",
    ],
    [
      "a mechanism that is not supported",
      () => folder.write("apis/a.json", api("a", { ...token, use_oauth2: true })),
      "apis/a.json",
      "$.use_oauth2",
    ],
    [
      "two APIs on one route",
      () => {
        folder.write("apis/a.json", api("a", { ...token, proxy: { listen_path: "/same/" } }))
        folder.write("apis/b.json", api("b", { ...token, proxy: { listen_path: "/same/" } }))
      },
      "apis/",
      "$.proxy.listen_path",
    ],
    [
      "an allow-list entry that resolves to nothing",
      () =>
        folder.write(
          "apis/a.json",
          api("a", {
            ...open,
            use_mutual_tls_auth: true,
            client_certificates: [`${orgId}${"0".repeat(64)}`],
          }),
        ),
      "apis/a.json",
      "$.client_certificates[0]",
    ],
    [
      "a PEM file that cannot be read",
      () => {
        folder.write("apis/a.json", api("a", token))
        folder.write(
          "certs/broken.pem",
          "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n",
        )
      },
      "certs/broken.pem",
      "",
    ],
    ["text that is no JSON", () => folder.write("apis/a.json", "{ not json"), "apis/a.json", ""],
    ["nothing at all", () => {}, "", ""],
  ]

  it.each(bad)("names file, place and remedy of %s", async (_name, make, file, place) => {
    make()
    const { code, out } = await ran(["check", "--config", folder.path, "--json"])
    expect(code).toBe(2)
    const { servable, problems } = JSON.parse(out)
    expect(servable).toBe(false)
    const error = problems.find(({ severity }: { severity: string }) => severity === "error")
    expect(error.file).toContain(file)
    expect(error.place).toContain(place)
    expect(error.remedy).not.toBe("")
  })

  it.each(bad)("is not served: %s", async (_name, make) => {
    make()
    const { code, out, err } = await ran(["serve", "--config", folder.path, "--port", "0"])
    expect([code, out]).toEqual([2, ""])
    expect(err).toContain("cannot be served; repair the errors above")
    expect(err).not.toMatch(/\n\s+at /)
  })

  it("is a folder that does not exist", async () => {
    const { code, out } = await ran(["check", "--config", `${folder.path}/nowhere`])
    expect(code).toBe(2)
    expect(out).toContain("file.missing")
    expect(out).toContain("remedy:")
  })

  it("prints errors for people too", async () => {
    folder.write("apis/a.json", api("a", { ...token, use_oauth2: true }))
    const { out } = await ran(["check", "--config", folder.path])
    expect(out).toContain(
      "error   apis/a.json $.use_oauth2 api.mechanism\n        this API asks for",
    )
    expect(out).toMatch(/\n1 error, 0 warnings; nothing is served\n$/)
  })

  it("warns about an empty allow list, which denies everybody", async () => {
    folder.write(
      "apis/a.json",
      api("a", { ...open, use_mutual_tls_auth: true, client_certificates: [] }),
    )
    const { code, out } = await ran(["check", "--config", folder.path])
    expect(code).toBe(0)
    expect(out).toContain("allow_list.empty")
  })
})
