import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type DemoGateway, demoGateway } from "./gateway-folder.ts"
import { ran } from "./terminal.ts"

let gateway: DemoGateway
beforeAll(async () => {
  gateway = await demoGateway()
})
afterAll(() => gateway.remove())

const explain = (args: readonly string[], input = "") =>
  ran(["explain", "--config", gateway.path, ...args], { input: () => Promise.resolve(input) })

const explainJson = async (args: readonly string[], input = "") => {
  const { code, out, err } = await explain([...args, "--json"], input)
  expect([code, err]).toEqual([0, ""])
  return JSON.parse(out)
}

describe("explain", () => {
  it("shows every rule, the verdict and the smallest change", async () => {
    const { code, out, err } = await explain(
      ["--api", "static-token", "--cert", gateway.pem("bob"), "--token", "-"],
      `${gateway.token("alice-bound")}\n`,
    )
    expect([code, err]).toEqual([0, ""])
    expect(out).toMatch(/^static-token: static mTLS \(4 listed\), auth token\n/)
    expect(out).toContain(
      `presented: TLS, a certificate, a token\ncertificate: ${gateway.issued("bob").sha256} (CN=bob)\n`,
    )
    expect(out).toMatch(/\nadmit\.listed +yes +certificate: /)
    expect(out).toMatch(/\nbind\.listed +no +certificate: /)
    expect(out).toContain("\nDeny auth.cert_mismatch (bound_other_certificate): 403 ")
    expect(out).toContain("\nsmallest change: present a certificate that the token is bound to")
    expect(out).not.toContain(gateway.token("alice-bound"))
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100)
  })

  it("tells who is allowed", async () => {
    const { out } = await explain(["--api", "dynamic", "--cert", gateway.pem("alice")])
    expect(out).toMatch(/\nAllow session [0-9a-f]{16}… by certificate, certificate /)
    expect(out).not.toContain("smallest change")
  })

  it("prints JSON without the token", async () => {
    const file = gateway.write("token.txt", gateway.token("free"))
    const { out } = await explain(["--api", "token", "--token-file", file, "--json"])
    expect(JSON.parse(out)).toMatchObject({
      asked: { api: "token", transport: "tls", certificate: null, token: "presented" },
      verdict: { _tag: "Allow" },
    })
    expect(out).not.toContain(gateway.token("free"))
  })

  it("agrees with itself at another time", async () => {
    const args = ["--api", "static", "--cert", gateway.pem("future")]
    const later = new Date(Date.now() + 30 * 86_400_000).toISOString()
    expect((await explainJson(args)).verdict.reason).toBe("auth.cert_not_yet_valid")
    expect((await explainJson([...args, "--at", later])).verdict._tag).toBe("Allow")
  })

  it("takes only the leaf of a chain for the client", async () => {
    const decoy = gateway.pem("mallory", "alice")
    const { verdict } = await explainJson(["--api", "static", "--cert", decoy])
    expect(verdict.reason).toBe("mtls.cert_not_allowed")
  })

  it("asks over plain HTTP, where no certificate counts", async () => {
    const args = ["--api", "static", "--cert", gateway.pem("alice"), "--plain"]
    expect((await explainJson(args)).verdict.reason).toBe("mtls.tls_required")
  })

  it("connects to the API's own host, or to another", async () => {
    const args = ["--api", "payments", "--cert", gateway.pem("alice")]
    expect((await explainJson(args)).verdict._tag).toBe("Allow")
    const fronted = await explainJson([...args, "--server-name", "shop.demo.test"])
    expect(fronted.verdict.reason).toBe("mtls.misdirected")
  })

  it("finds the token where the API looks for it", async () => {
    const definition = (name: string, authToken: object) =>
      gateway.write(`apis/${name}.json`, {
        api_id: name,
        org_id: "5f3a1c9e7b2d4860a1b2c3d4",
        proxy: { listen_path: `/${name}/` },
        use_mutual_tls_auth: false,
        auth_configs: { authToken: { disable_header: true, ...authToken } },
      })
    definition("by-query", { use_param: true, param_name: "a key" })
    definition("by-cookie", { use_cookie: true, cookie_name: "key" })
    for (const api of ["by-query", "by-cookie"]) {
      const { verdict } = await explainJson(["--api", api, "--token", "-"], gateway.token("free"))
      expect(verdict.reason).toBe("auth.access_denied")
    }
  })

  it("ends with 1 for a denial where a test asks for it", async () => {
    const denied = ["--api", "static", "--cert", gateway.pem("mallory")]
    expect((await explain(denied)).code).toBe(0)
    expect((await explain([...denied, "--exit-code"])).code).toBe(1)
    const allowed = ["--api", "static", "--cert", gateway.pem("alice"), "--exit-code"]
    expect((await explain(allowed)).code).toBe(0)
    expect((await explain(["--api", "nothing", "--exit-code"])).code).toBe(2)
  })

  it("prints no control character of a definition, nor in JSON", async () => {
    gateway.write("apis/hostile.json", {
      api_id: "a\u001b[2Jb",
      org_id: "5f3a1c9e7b2d4860a1b2c3d4",
      proxy: { listen_path: "/hostile/" },
      use_mutual_tls_auth: false,
      auth_configs: { authToken: {} },
    })
    const args = ["--api", "a\u001b[2Jb"]
    const { code, out, err } = await explain(args)
    const json = await explain([...args, "--json"])
    const unknown = await explain(["--api", "nothing"])
    gateway.unlink("apis/hostile.json")
    expect(out + err + json.out + unknown.err).not.toContain("\u001b")
    expect([code, JSON.parse(json.out).asked.api]).toEqual([0, "a\u001b[2Jb"])
  })

  it("says when no rule was tried", async () => {
    const { code, out } = await explain(["--api", "open", "--path", "/open/../static/"])
    expect(code).toBe(0)
    expect(out).toContain("no rule was tried")
    expect(out).toContain("Deny guard.bad_request: 400 Bad Request")
  })

  it("says that a token was not read", async () => {
    const { out } = await explain(["--api", "open", "--token", "anything"])
    expect(out).toContain("the token was not read: this API takes none")
  })

  it.each([
    ["an unknown API", () => ["--api", "nothing"], "there are: "],
    ["a path of another API", () => ["--api", "open", "--path", "/token/"], "API `token`"],
    ["a missing certificate", () => ["--api", "open", "--cert", "/nowhere.pem"], "ENOENT"],
    [
      "a file without certificate",
      () => ["--api", "open", "--cert", gateway.write("a.txt", "hello")],
      "give certificates as PEM",
    ],
    [
      "a broken PEM",
      () => [
        "--api",
        "open",
        "--cert",
        gateway.write("a.txt", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"),
      ],
      "line 1",
    ],
    [
      "PEM around something else",
      () => [
        "--api",
        "open",
        "--cert",
        gateway.write("a.txt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
      ],
      "not valid DER",
    ],
    ["a missing token file", () => ["--api", "open", "--token-file", "/nowhere"], "ENOENT"],
    ["a time that is none", () => ["--api", "open", "--at", "tomorrow"], "write 2030-01-31"],
  ])("says in one line what is wrong with %s", async (_name, args, message) => {
    const { code, out, err } = await explain(args())
    expect([code, out]).toEqual([2, ""])
    expect(err).toMatch(/^countersign: [^\n]+\n$/)
    expect(err).toContain(message)
  })
})

describe("explain of a chain to a listed authority", () => {
  const failureOf = async (...chain: readonly string[]) => {
    const found = await explainJson(["--api", "trusting", "--cert", gateway.pem(...chain)])
    const refused = found.steps.find(({ rule }: { rule: string }) => rule === "admit.refused")
    return refused.facts.find(({ name }: { name: string }) => name === "path failure").value
  }

  it("names the certificate, the constraint and the name of a violation", async () => {
    expect(await failureOf("intruder", "build-ca")).toBe(
      "CN=intruder: dns:payments.demo.test is not permitted under the name constraint dns:build.demo.test of CN=build-ca",
    )
  })

  it("tells what revocation lists say, as strictly as it is asked to", async () => {
    const reasonOf = async (name: string, mode: string) => {
      const args = ["--api", "trusting", "--cert", gateway.pem(...name.split("+"))]
      const { verdict } = await explainJson([...args, "--revocation", mode])
      return verdict.reason ?? "allowed"
    }
    expect(await reasonOf("fired", "off")).toBe("allowed")
    expect(await reasonOf("fired", "soft")).toBe("mtls.cert_revoked")
    expect(await reasonOf("office+office-ca", "soft")).toBe("allowed")
    expect(await reasonOf("office+office-ca", "hard")).toBe("mtls.revocation_unknown")
    expect(await reasonOf("trusted", "hard")).toBe("allowed")
  })

  it("names what else stands in the way", async () => {
    expect(await failureOf("web")).toBe("CN=web: extendedKeyUsage: clientAuth is missing")
    expect(await failureOf("old", "old-ca")).toBe("CN=old-ca: expired")
    expect(await failureOf("office")).toContain("issuer CN=office-ca is neither an anchor nor")
  })
})
