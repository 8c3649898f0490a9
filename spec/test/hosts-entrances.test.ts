import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from "node:http2"
import type { Duplex } from "node:stream"
import countersign from "@countersign/fastify"
import { createGuard, type Guard } from "@countersign/guard"
import Fastify from "fastify"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ask } from "../src/drivers/ask.ts"
import { createCertificates } from "../src/hosts/certificates.ts"
import { open, statuses } from "../src/hosts/converse.ts"
import type { Running } from "../src/hosts/host.ts"
import { hosts } from "../src/hosts/index.ts"
import { generationOf } from "../src/hosts/world.ts"

const token = "default732d2d2d2d2d2d2d2d2d2d2d2d2d2d2d"
const world = {
  apis: [{ path: "/", identity: "token" }],
  sessions: [{ name: "s" }],
  hash: "",
} as const

const http1 = hosts.filter(({ http }) => http === 1)
const http2 = hosts.filter(({ http }) => http === 2)
const heads = {
  request: "GET / HTTP/1.1\r\nConnection: close\r\n",
  upgrade: "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: echo\r\n",
  "upgrade of HEAD": "HEAD / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: echo\r\n",
  connect: "CONNECT / HTTP/1.1\r\n",
  checkContinue:
    "POST / HTTP/1.1\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 0\r\n",
  checkExpectation: "POST / HTTP/1.1\r\nConnection: close\r\nExpect: else\r\nContent-Length: 0\r\n",
}

describe.each(http1)("entrances of $name", (host) => {
  let running: Running
  let guard: Guard
  const entered: string[] = []

  beforeAll(async () => {
    const certificates = await createCertificates(Date.now())
    guard = createGuard(generationOf(world, certificates))
    const { server } = certificates
    running = await host.start(guard, { key: server.privateKeyPem, cert: server.pem })
    for (const event of ["upgrade", "connect"]) {
      running.server.on(event, (_request: unknown, socket: Duplex) => {
        entered.push(event)
        socket.end("HTTP/1.1 200 In\r\n\r\n")
      })
    }
    for (const event of ["checkContinue", "checkExpectation"]) {
      running.server.on(event, (_request: unknown, response: { end: () => void }) => {
        entered.push(event)
        response.end()
      })
    }
  })

  afterAll(() => running.close())

  it.each(Object.entries(heads))("guards %s", async (name, head) => {
    entered.length = 0
    const send = async (credential: string): Promise<string[]> =>
      statuses(await open(running.port), `${head}Host: a\r\n${credential}\r\n`, 1)
    expect(await send("")).toEqual(["401"])
    expect(await send("Authorization: other\r\n")).toEqual(["403"])
    expect(entered).toEqual([])
    expect(await send(`Authorization: ${token}\r\n`)).toEqual(["200"])
    const event = name.split(" ")[0]
    expect(entered).toEqual(event === "request" ? [] : [event])
  })

  it("decides every request of a connection, and those of a pipeline, anew", async () => {
    const ask = (path: string, credential: string): string =>
      `GET ${path} HTTP/1.1\r\nHost: a\r\n${credential}\r\n`
    const good = `Authorization: ${token}\r\n`
    const socket = await open(running.port)
    const pipeline = [ask("/", good), ask("/", ""), ask("/a", good), ask("//", good), ask("/", "")]
    expect(await statuses(socket, pipeline.join(""), 5)).toEqual([
      "200",
      "401",
      "200",
      "400",
      "401",
    ])
    socket.destroy()
  })

  it("ends a connection whose client may or may not send the body it announced", async () => {
    const text = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 70\r\n\r\n"
    const socket = await open(running.port)
    const answer = await new Promise<string>((resolve) => {
      socket.once("data", (data: Buffer) => resolve(data.toString("latin1")))
      socket.write(text)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 401 .*connection: close\r\n/is)
    socket.destroy()
  })

  it("has no way in through absolute-form, odd targets or two hosts", async () => {
    const credential = `Authorization: ${token}\r\n`
    const answers = async (line: string, host = "Host: a\r\n"): Promise<string[]> =>
      statuses(
        await open(running.port),
        `${line}\r\n${host}${credential}Connection: close\r\n\r\n`,
        1,
      )
    expect(await answers("GET https://a/ HTTP/1.1")).toEqual(["200"])
    expect(await answers("GET https://b/ HTTP/1.1")).toEqual(["400"])
    expect(await answers("GET / HTTP/1.1", "Host: a\r\nHost: b\r\n")).toEqual(["400"])
    expect(await answers("GET /a/../b HTTP/1.1")).toEqual(["400"])
    expect(await answers("GET /a%2f..%2fb HTTP/1.1")).toEqual(["400"])
    expect(await answers("GET /a\\b HTTP/1.1")).toEqual(["400"])
    expect(await answers("GET /a;b HTTP/1.1")).toEqual(["400"])
  })
})

describe.each(http2)("entrances of $name", (host) => {
  let running: Running
  let session: ClientHttp2Session
  const entered: string[] = []

  beforeAll(async () => {
    const certificates = await createCertificates(Date.now())
    const guard = createGuard(generationOf(world, certificates))
    const { server } = certificates
    const tls = { key: server.privateKeyPem, cert: server.pem, allowHTTP1: true }
    running = await host.start(guard, tls)
    session = connect(`https://127.0.0.1:${running.port}`, { rejectUnauthorized: false })
  })

  afterAll(async () => {
    session.destroy()
    await running.close()
  })

  function status(headers: OutgoingHttpHeaders): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const stream = session.request(headers)
      stream.on("response", (received) => resolve(received[":status"]))
      stream.on("error", reject)
      stream.resume()
      stream.end()
    })
  }

  it("guards requests, with the same connection for all of them", async () => {
    const authorization = token
    const mixed = [{ authorization }, {}, { authorization: "other" }, { authorization }]
    const answered = await Promise.all(mixed.map((headers) => status({ ":path": "/", ...headers })))
    expect(answered).toEqual([200, 401, 403, 200])
    expect(await status({ ":path": "/", ":method": "HEAD" })).toBe(401)
    expect(await status({ ":path": "/", expect: "100-continue" })).toBe(401)
  })

  it("guards clients that speak HTTP/1 to it, and their upgrades", async () => {
    running.server.on("upgrade", (_request: unknown, socket: Duplex) => {
      entered.push("upgrade")
      socket.end("HTTP/1.1 200 In\r\n\r\n")
    })
    for (const head of [heads.request, heads.upgrade]) {
      const send = async (credential: string): Promise<string[]> =>
        statuses(await open(running.port), `${head}Host: a\r\n${credential}\r\n`, 1)
      expect(await send("")).toEqual(["401"])
      expect(entered).toEqual([])
      expect(await send(`Authorization: ${token}\r\n`)).toEqual(["200"])
    }
    expect(entered.splice(0)).toEqual(["upgrade"])
  })

  it("takes two different hosts in one request for a bad one", async () => {
    const authorization = token
    expect(await status({ ":authority": "a", host: "b", authorization })).toBe(400)
    expect(await status({ ":authority": "a", host: "a", authorization })).toBe(200)
  })

  it("guards connect", async () => {
    running.server.on("connect", (_request: unknown, response: { end: () => void }) => {
      entered.push("connect")
      response.end()
    })
    const asked = { ":method": "CONNECT", ":authority": "a:1", authorization: token }
    expect(await status(asked)).toBe(400)
    expect(entered).toEqual([])
  })

  it("guards listeners of streams, also those of a session", async () => {
    const listen = (stream: Duplex): void => {
      entered.push("stream")
      expect(stream.destroyed).toBe(false)
    }
    running.server.on("stream", listen)
    running.server.on("session", (opened: { on: (event: string, l: typeof listen) => void }) =>
      opened.on("stream", listen),
    )
    const first = session
    session = connect(`https://127.0.0.1:${running.port}`, { rejectUnauthorized: false })
    first.destroy()
    entered.length = 0
    expect(await status({ ":path": "/" })).toBe(401)
    expect(await status({ ":path": "/", ":method": "HEAD" })).toBe(401)
    expect(entered).toEqual([])
    expect(await status({ ":path": "/", authorization: token })).toBe(200)
    expect(entered).toEqual(["stream", "stream"])
  })
})

describe("a route that names its API", () => {
  it("is not open to what an earlier entrance let in for another", async () => {
    const apis = [
      { path: "/open", identity: "keyless" },
      { path: "/token", identity: "token" },
    ] as const
    const certificates = await createCertificates(Date.now())
    const guard = createGuard(generationOf({ ...world, apis }, certificates))
    const app = Fastify()
    await app.register(countersign, { guard })
    app.get("/open", { config: { countersign: { api: "/token" } } }, () => "in")
    // Whoever else listens for requests has them decided before the framework does.
    app.server.on("request", () => {})
    const url = await app.listen({ port: 0, host: "127.0.0.1" })
    const port = Number(new URL(url).port)
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await ask({ port, http: 1, plain: true, path: "/open", headers })).status
    expect([await status({}), await status({ authorization: token })]).toEqual([401, 200])
    await app.close()
  })
})
