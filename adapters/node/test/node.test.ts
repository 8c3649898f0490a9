import {
  createServer as createPlain,
  IncomingMessage,
  type Server,
  ServerResponse,
} from "node:http"
import type { Server as TlsServer } from "node:https"
import type { AddressInfo } from "node:net"
import { connect, Socket } from "node:net"
import { connect as connectTls } from "node:tls"
import { type Guard, storedSession } from "@countersign/guard"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createProtectedServer, protect, verdictOf } from "../src/index.ts"
import { createPki, echo, guardFor, known, listening, orgId, type Pki, send } from "./fixture.ts"

const token = "acme5d41402abc4b2a76b9719d911017c592"
let pki: Pki
let guard: Guard
let tls: TlsServer
const servers: Server[] = []

beforeAll(async () => {
  pki = await createPki()
  guard = guardFor(
    [
      { apiId: "token", staticMtls: "off", identity: { _tag: "authToken", certificate: false } },
      {
        apiId: "strip",
        staticMtls: "off",
        identity: { _tag: "authToken", certificate: false },
        stripAuthorizationData: true,
      },
      { apiId: "dynamic", staticMtls: "off", identity: { _tag: "authToken", certificate: true } },
      {
        apiId: "static",
        staticMtls: { leaves: [pki.alice.sha256], anchors: [] },
        identity: { _tag: "keyless" },
      },
    ],
    [
      known(token),
      known(`${orgId}bound0000000`, { bindings: [pki.alice.sha256] }),
      known(`${orgId}${pki.alice.sha256}`, { certificate: pki.alice.sha256 }),
    ],
    [pki.alice],
  )
  tls = await listening(
    createProtectedServer(guard, { key: pki.server.privateKeyPem, cert: pki.server.pem }, echo),
  )
  servers.push(tls)
})

afterAll(() => {
  for (const server of servers) {
    server.close()
    server.closeAllConnections()
  }
})

async function plainServer(listener = echo): Promise<Server> {
  const server = await listening(protect(createPlain(listener), guard))
  servers.push(server)
  return server
}

const credentials = ({ pem, privateKeyPem }: { pem: string; privateKeyPem: string }) => ({
  cert: pem,
  key: privateKeyPem,
})
const bearer = (value: string) => ({ authorization: `Bearer ${value}` })

describe("over TLS", () => {
  it.each([
    ["listed certificate", "/static", "alice", 200],
    ["unlisted certificate", "/static", "mallory", 403],
    ["certificate that identifies", "/dynamic", "alice", 200],
    ["certificate of nobody", "/dynamic", "mallory", 403],
  ] as const)("%s", async (_name, path, who, status) => {
    expect(await send(tls, { path, ...credentials(pki[who]) })).toMatchObject({ status })
  })

  it("requires a certificate where one is required", async () => {
    const reply = await send(tls, { path: "/static" })
    expect(reply).toMatchObject({
      status: 403,
      body: '{"error":"Client TLS certificate is required"}',
    })
    expect(reply.headers["content-type"]).toBe("application/json")
  })

  it("matches the leaf alone: the victim's certificate behind it changes nothing", async () => {
    const { mallory, alice } = pki
    const decoy = { cert: mallory.pem + alice.pem, key: mallory.privateKeyPem }
    expect((await send(tls, { path: "/static", ...decoy })).status).toBe(403)
    expect((await send(tls, { path: "/dynamic", ...decoy })).status).toBe(403)
  })

  it("challenges where a token is missing", async () => {
    const reply = await send(tls, { path: "/token" })
    expect(reply.status).toBe(401)
    expect(reply.headers["www-authenticate"]).toBe("Bearer")
  })

  it("refuses a stolen bound token with another certificate or none", async () => {
    const headers = bearer(`${orgId}bound0000000`)
    const sent = { path: "/token", headers }
    expect((await send(tls, { ...sent, ...credentials(pki.alice) })).status).toBe(200)
    expect((await send(tls, { ...sent, ...credentials(pki.mallory) })).status).toBe(403)
    expect((await send(tls, sent)).status).toBe(403)
  })

  it("refuses a client without certificate on a resumed TLS 1.3 session", async () => {
    const { port } = tls.address() as AddressInfo
    const session = await new Promise<Buffer>((resolve) => {
      const first = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false })
      first.once("session", (ticket: Buffer) => {
        first.destroy()
        resolve(ticket)
      })
      first.resume()
      first.write("GET /token HTTP/1.1\r\nHost: a\r\n\r\n")
    })
    const answer = await new Promise<string>((resolve, reject) => {
      const again = connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false, session })
      again.once("secureConnect", () => {
        if (!again.isSessionReused()) reject(new Error("the session was not resumed"))
        again.write("GET /static HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
      })
      again.once("data", (data: Buffer) => resolve(data.toString()))
      again.once("error", reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 403 /)
  })
})

describe("over plain HTTP", () => {
  it("has no certificate", async () => {
    const server = await plainServer()
    expect((await send(server, { path: "/static" })).body).toContain("TLS not enabled")
    expect((await send(server, { path: "/dynamic", headers: bearer(token) })).status).toBe(403)
    expect((await send(server, { path: "/token", headers: bearer(token) })).status).toBe(200)
  })

  it("decides every request on a kept-alive connection anew", async () => {
    const server = await plainServer()
    const ask = (headers: string) => `GET /token HTTP/1.1\r\nHost: a\r\n${headers}\r\n`
    const good = `Authorization: ${token}\r\n`
    const answers = await converse(server, [ask(good), ask(""), ask(good)].join(""), 3)
    expect(answers).toEqual(["200", "401", "200"])
  })

  it("hands the verdict to the handler and nothing before", async () => {
    const seen: unknown[] = []
    const server = await plainServer((request, response) => {
      seen.push(verdictOf(request))
      response.end()
    })
    await send(server, { path: "/token" })
    await send(server, { path: "/token", headers: bearer(token) })
    expect(seen).toMatchObject([{ _tag: "Allow", identity: { sessionBy: "token" } }])
  })

  it("removes what authenticated from what the handler sees", async () => {
    const server = await plainServer()
    const reply = await send(server, {
      path: `/strip?x=1&Authorization=${token}&y=2`,
      headers: {
        authorization: `Bearer ${token}`,
        cookie: `a=1; Authorization=${token}; Authorization2=b`,
      },
    })
    expect(reply.status).toBe(200)
    expect(reply.body).not.toContain(token)
    expect(JSON.parse(reply.body)).toMatchObject({ url: "/strip?x=1&y=2" })
    expect(reply.body).toContain("Authorization2=b")
  })
})

describe("every way into a server", () => {
  it.each(["upgrade", "connect", "checkContinue", "checkExpectation"])(
    "guards %s",
    async (event) => {
      const entered: string[] = []
      const server = await plainServer()
      server.on(event, (_request: unknown, target: Socket) => {
        entered.push(event)
        if ("writeHead" in target) target.end("in")
        else target.end("HTTP/1.1 200 In\r\n\r\n")
      })
      const message = (credential: string): string => {
        const fields = {
          upgrade: "GET /token HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: x\r\n",
          connect: "CONNECT /token HTTP/1.1\r\n",
          checkContinue: "POST /token HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n",
          checkExpectation: "POST /token HTTP/1.1\r\nExpect: nothing\r\nContent-Length: 1\r\n",
        }[event]
        return `${fields}Host: a\r\n${credential}\r\n`
      }
      expect(await converse(server, message(""), 1)).toEqual(["401"])
      expect(entered).toEqual([])
      expect(await converse(server, message(`Authorization: ${token}\r\n`), 1)).toEqual(["200"])
      expect(entered).toEqual([event])
    },
  )
})

describe("with a store that takes its time", () => {
  it("waits, then lets the handler run outside the promise", async () => {
    const slow = guardFor(
      [{ apiId: "token", staticMtls: "off", identity: { _tag: "authToken", certificate: false } }],
      [],
      [],
      async (keys) => keys.map((key) => (key === token ? storedSession(known(token)) : undefined)),
    )
    const server = await listening(protect(createPlain(echo), slow))
    servers.push(server)
    expect((await send(server, { path: "/token", headers: bearer(token) })).status).toBe(200)
    expect((await send(server, { path: "/token", headers: bearer("other") })).status).toBe(403)
    expect(
      (
        await send(server, {
          path: "/token",
          method: "POST",
          body: "x".repeat(1e5),
          headers: bearer(token),
        })
      ).status,
    ).toBe(200)
  })
})

describe("hostile requests", () => {
  const big = (text: string): string => text.repeat(5_000)

  it.each([
    ["two Host lines", "GET /token HTTP/1.1\r\nHost: a\r\nHost: b\r\n", "400"],
    ["an escaped slash", "GET /token/..%2fx HTTP/1.1\r\nHost: a\r\n", "400"],
    ["dot segments", "GET /x/../token HTTP/1.1\r\nHost: a\r\n", "400"],
    ["another authority", "GET http://b/token HTTP/1.1\r\nHost: a\r\n", "400"],
    [
      "a second Authorization line",
      `GET /token HTTP/1.1\r\nHost: a\r\nAuthorization: no\r\nAuthorization: ${token}\r\n`,
      "403",
    ],
    [
      "a token that is not ASCII",
      "GET /token HTTP/1.1\r\nHost: a\r\nAuthorization: t\u00f6k\u00e9n\r\n",
      "403",
    ],
    ["too large a header", `GET /token HTTP/1.1\r\nHost: a\r\nX: ${big("0123456789")}\r\n`, "431"],
    [
      "thousands of cookies",
      `GET /token HTTP/1.1\r\nHost: a\r\nCookie: ${"a=b;".repeat(3_000)}\r\n`,
      "401",
    ],
    ["an asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\n", "404"],
  ])("never lets in %s", async (_name, message, status) => {
    const server = await plainServer()
    expect(await converse(server, `${message}\r\n`, 1)).toEqual([status])
  })

  it("leaves what a handler throws to the handler's own server", () => {
    const server = protect(
      createPlain(() => {
        throw new Error("the handler's fault")
      }),
      guard,
    )
    const request = new IncomingMessage(new Socket())
    Object.assign(request, { method: "GET", url: "/token", rawHeaders: ["Authorization", token] })
    const response = new ServerResponse(request)
    expect(() => server.emit("request", request, response)).toThrow("the handler's fault")
    expect(response.headersSent).toBe(false)
  })

  it("protects a server once", () => {
    const server = protect(createPlain(echo), guard)
    expect(() => protect(server, guard)).toThrow(TypeError)
  })
})

/** Writes raw bytes and reads the status codes of the answers. */
function converse(server: Server, text: string, answers: number): Promise<string[]> {
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    let received = ""
    const socket = connect(port, "127.0.0.1", () => socket.write(Buffer.from(text, "latin1")))
    const codes = (): string[] =>
      [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => code ?? "")
    socket.on("data", (data) => {
      received += data.toString("latin1")
      if (codes().length >= answers) socket.destroy()
    })
    socket.on("close", () => resolve(codes()))
    socket.on("error", reject)
  })
}
