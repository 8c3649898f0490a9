import { request as plainRequest } from "node:http"
import { request } from "node:https"
import { connect as connectPlain } from "node:net"
import { connect } from "node:tls"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { run } from "../src/index.ts"
import { type DemoGateway, demoGateway } from "./gateway-folder.ts"
import { type FakeTerminal, fakeTerminal, ran } from "./terminal.ts"

let gateway: DemoGateway
let terminal: FakeTerminal
let ended: Promise<number>
let port: number
let plainPort: number
const interruption = new AbortController()

beforeAll(async () => {
  gateway = await demoGateway()
  gateway.write("apis/anywhere.json", {
    api_id: "token",
    org_id: "5f3a1c9e7b2d4860a1b2c3d4",
    proxy: { listen_path: "/token/" },
    use_mutual_tls_auth: false,
    auth_configs: { authToken: { use_cookie: true, use_param: true } },
  })
  gateway.unlink("apis/token.json")
  const started = new Promise<void>((resolve) => {
    terminal = fakeTerminal({ interrupted: interruption.signal })
    const out = (text: string) => {
      terminal.written.out += text
      if (text.includes("serving")) resolve()
    }
    const args = ["serve", "--config", gateway.path, "--port", "0", "--plain-port", "0"]
    ended = run(args, { ...terminal, out })
  })
  await started
  port = Number(/serving https:\/\/127\.0\.0\.1:(\d+)/.exec(terminal.written.out)?.[1])
  plainPort = Number(/serving http:\/\/127\.0\.0\.1:(\d+)/.exec(terminal.written.out)?.[1])
})
afterAll(() => gateway.remove())

interface Answer {
  readonly status: number
  readonly body: string
}

function get(path: string, options: object = {}, plain = false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const common = {
      host: "127.0.0.1",
      port: plain ? plainPort : port,
      path,
      agent: false as const,
    }
    const send = plain ? plainRequest : request
    send({ ...common, rejectUnauthorized: false, ...options }, (response) => {
      let body = ""
      response.setEncoding("utf8")
      response.on("data", (text: string) => {
        body += text
      })
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }))
    })
      .on("error", reject)
      .end()
  })
}

/** Sends bytes as they are; the final status, 0 if the connection ends without one. */
function raw(bytes: string, plain = false): Promise<number> {
  return new Promise((resolve) => {
    const socket = plain
      ? connectPlain({ host: "127.0.0.1", port: plainPort })
      : connect({ host: "127.0.0.1", port, rejectUnauthorized: false })
    let text = ""
    const status = () => Number(/(?:^|\r\n\r\n)HTTP\/1\.1 ([2-5]\d\d)/.exec(text)?.[1] ?? 0)
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1")
      if (status() > 0) socket.destroy()
    })
    socket.on("error", () => socket.destroy())
    socket.on("close", () => resolve(status()))
    socket.write(Buffer.from(bytes, "latin1"))
  })
}

function client(name: string): object {
  const { pem, privateKeyPem } = gateway.issued(name)
  return { cert: pem, key: privateKeyPem }
}

describe("serve", () => {
  it("welcomes with a curl command for every API, and no secret", () => {
    const { out, err } = terminal.written
    expect(out).toContain("(throw-away server certificate: curl -k)")
    expect(out).toContain(
      "# dynamic: dynamic mTLS\ncurl -k --cert client.pem --key client.key https:",
    )
    expect(out).toContain(
      `--resolve payments.demo.test:${port}:127.0.0.1 https://payments.demo.test`,
    )
    expect(err).toContain("warning apis/open.json")
    expect(out + err).not.toMatch(/-----BEGIN|[0-9a-f]{32}/)
  })

  it("answers whoever is allowed with the verdict", async () => {
    const { status, body } = await get("/dynamic/x?y", client("alice"))
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({
      api: "dynamic",
      _tag: "Allow",
      identity: { sessionBy: "certificate", leaf: gateway.issued("alice").sha256 },
    })
  })

  it("answers whoever is denied as the API would, and logs the reason", async () => {
    const { status, body } = await get("/dynamic/", client("mallory"))
    expect([status, body]).toEqual([403, '{"error":"Access to this API has been disallowed"}'])
    const leaf = gateway.issued("mallory").sha256.slice(0, 16)
    expect(terminal.written.out).toContain(
      `deny 403 auth.cert_mismatch (certificate_unknown) GET /dynamic/ api=dynamic certificate=${leaf}`,
    )
  })

  it("serves plain HTTP, where no certificate counts", async () => {
    const { status, body } = await get("/static/", {}, true)
    expect([status, body]).toEqual([403, '{"error":"TLS not enabled"}'])
    expect(terminal.written.out).toContain("mtls.tls_required GET /static/ api=static plain")
  })

  it("never logs a token", async () => {
    const token = gateway.token("elsewhere")
    const headers = { authorization: `Bearer ${token}` }
    expect((await get(`/token/?Authorization=${token}`, { headers })).status).toBe(403)
    expect(terminal.written.out).toContain("auth.access_denied GET /token/ api=token")
    expect(terminal.written.out).not.toContain(token)
  })
})

describe("a hostile request", () => {
  const head = (...lines: readonly string[]) =>
    ["GET /token/ HTTP/1.1", "Host: 127.0.0.1", ...lines, "", ""].join("\r\n")
  const target = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`

  it.each([
    ["a header of 1 MB", () => head(`X: ${"a".repeat(1 << 20)}`)],
    ["a token of 1 MB", () => head(`Authorization: ${"a".repeat(1 << 20)}`)],
    ["10 000 cookies in one line", () => head(`Cookie: ${"a=b; ".repeat(10_000)}`)],
    ["10 000 cookie lines", () => head(...Array<string>(10_000).fill("Cookie: a=b"))],
    ["1 000 cookies", () => head(`Cookie: ${"a=b; ".repeat(1000)}`)],
    ["a token beyond ASCII", () => head("Authorization: Bearer \xc3\xa9\xff")],
    ["a token with NUL", () => head(`Authorization: Bearer ${"a\0b"}`)],
    [
      "the wrong one of two Authorization lines first",
      () => head("Authorization: wrong", `Authorization: ${gateway.token("free")}`),
    ],
    ["two Host lines", () => head("Host: payments.demo.test")],
    ["no Host line", () => "GET /token/ HTTP/1.1\r\n\r\n"],
    ["NUL in the path", () => target("/open/\0")],
    ["an escaped NUL", () => target("/open/%00")],
    ["an escaped slash", () => target("/open%2fa")],
    ["an escaped slash to another API", () => target("/open/..%2Ftoken/")],
    ["dot segments", () => target("/open/../token/")],
    ["escaped dot segments", () => target("/open/%2e%2E/token/")],
    ["a doubled slash", () => target("//open/")],
    ["a backslash", () => target("/open\\a")],
    ["an escape that is none", () => target("/open/%zz")],
    ["a path of 15 KB", () => target(`/token/${"a".repeat(15_000)}`)],
    ["another scheme", () => target("gopher://open/")],
    ["a target without slash", () => target("open")],
    ["two lengths", () => head("Content-Length: 1", "Content-Length: 2")],
    ["a length and chunks", () => head("Content-Length: 1", "Transfer-Encoding: chunked")],
    ["no HTTP at all", () => "\x16\x03\x01\x02\x00\x01\x00\r\n\r\n"],
    ["an upgrade", () => head("Connection: Upgrade", "Upgrade: websocket")],
    ["an expectation", () => head("Expect: 100-continue")],
    ["an unknown expectation", () => head("Expect: a miracle")],
  ])("is refused: %s", async (_name, bytes) => {
    for (const plain of [false, true]) {
      const status = await raw(bytes(), plain)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
    }
  })

  it("gets no tunnel", async () => {
    const connectTo = "CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    expect([await raw(connectTo), await raw(connectTo, true)]).toEqual([0, 0])
  })

  it("is allowed by the first of two Authorization lines alone", async () => {
    const lines = [`Authorization: ${gateway.token("free")}`, "Authorization: wrong"]
    expect(await raw(head(...lines, "Connection: close"))).toBe(200)
  })

  it("leaves the server as it was", async () => {
    expect((await get("/open/")).status).toBe(200)
    expect((await get("/open/", {}, true)).status).toBe(200)
    expect(terminal.written.err).not.toContain("fault")
  })
})

describe("the end of serve", () => {
  it("ends when it is interrupted", async () => {
    interruption.abort()
    expect(await ended).toBe(0)
    await expect(get("/open/")).rejects.toThrow("ECONNREFUSED")
  })

  it.each([
    ["a certificate without a key", () => ["--cert", gateway.pem("alice")], "belong together"],
    [
      "a key of somebody else",
      () => {
        const key = gateway.write("key.pem", gateway.issued("bob").privateKeyPem)
        return ["--cert", gateway.pem("alice"), "--key", key]
      },
      "give both as PEM",
    ],
    ["a missing file", () => ["--cert", "/nowhere", "--key", "/nowhere"], "ENOENT"],
    ["an address of another machine", () => ["--host", "192.0.2.1"], "choose another port or host"],
  ])("says in one line what is wrong with %s", async (_name, args, message) => {
    const { code, err } = await ran([
      "serve",
      ...["--config", gateway.path, "--port", "0"],
      ...args(),
    ])
    expect(code).toBe(2)
    expect(err.split("\n").filter((line) => line.startsWith("countersign: "))).toHaveLength(1)
    expect(err).toContain(message)
    expect(err).not.toMatch(/\n\s+at /)
  })
})
