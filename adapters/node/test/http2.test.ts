import {
  type ClientHttp2Session,
  connect,
  createServer,
  type Http2Server,
  type OutgoingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2"
import type { AddressInfo } from "node:net"
import { type FindSessions, storedSession } from "@countersign/guard"
import { afterEach, describe, expect, it } from "vitest"
import { protect, protectSideEntrances, verdictOf } from "../src/index.ts"
import { guardFor, known } from "./fixture.ts"

const token = "acme5d41402abc4b2a76b9719d911017c592"
const authorization = `Bearer ${token}`
const identity = { _tag: "authToken", certificate: false } as const
const apis = [
  { apiId: "token", staticMtls: "off", identity },
  { apiId: "strip", staticMtls: "off", identity, stripAuthorizationData: true },
] as const
const guard = guardFor(apis, [known(token)], [])
const opened: { close: () => unknown }[] = []

afterEach(() => {
  for (const one of opened.splice(0)) one.close()
})

async function sessionTo(server: Http2Server): Promise<ClientHttp2Session> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  opened.push({ close: () => session.destroy() }, server)
  return session
}

function status(session: ClientHttp2Session, headers: OutgoingHttpHeaders): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":path": "/token", ...headers })
    stream.on("response", (received) => resolve(received[":status"]))
    stream.on("error", reject)
    stream.resume()
    stream.end()
  })
}

describe("a protected HTTP/2 server", () => {
  it("guards requests and knows the verdict by request and by stream", async () => {
    const seen: unknown[] = []
    const server = protect(
      createServer((request, response) => {
        seen.push(verdictOf(request)?._tag, verdictOf(request.stream)?._tag)
        response.end()
      }),
      guard,
    )
    const session = await sessionTo(server)
    expect(await status(session, {})).toBe(401)
    expect(await status(session, { ":method": "HEAD" })).toBe(401)
    expect(await status(session, { authorization })).toBe(200)
    expect(seen).toEqual(["Allow", "Allow"])
  })

  it("guards streams without any request listener", async () => {
    const server = protect(createServer(), guard)
    server.on("stream", (stream: ServerHttp2Stream) => {
      stream.respond({ ":status": 204 })
      stream.end()
    })
    const session = await sessionTo(server)
    expect(await status(session, {})).toBe(401)
    expect(await status(session, { authorization })).toBe(204)
  })

  it("hides what authenticated from listeners of streams", async () => {
    const seen: unknown[] = []
    const server = protect(createServer(), guard)
    server.on("stream", (stream: ServerHttp2Stream, ...rest: unknown[]) => {
      seen.push(...rest)
      stream.respond()
      stream.end()
    })
    const session = await sessionTo(server)
    const path = `/strip?a=1&Authorization=${token}`
    expect(await status(session, { ":path": path, authorization })).toBe(200)
    expect(JSON.stringify(seen)).not.toContain(token)
    expect(seen[0]).toMatchObject({ ":path": "/strip?a=1" })
  })

  it("answers CONNECT as ever where nobody listens for it", async () => {
    const session = await sessionTo(
      protect(
        createServer(() => {}),
        guard,
      ),
    )
    const asked = { ":method": "CONNECT", ":authority": "a:1", ":path": undefined }
    expect(await status(session, asked)).toBe(400)
  })

  it("waits for a store that takes its time, and forgets whoever left", async () => {
    const answers: (() => void)[] = []
    const find: FindSessions = (keys) =>
      new Promise((resolve) => {
        const found = keys.map((key) => (key === token ? storedSession(known(key)) : undefined))
        answers.push(() => resolve(found))
      })
    let entered = 0
    const server = protect(createServer(), guardFor(apis, [], [], find))
    server.on("stream", (stream: ServerHttp2Stream) => {
      entered += 1
      stream.respond()
      stream.end()
    })
    const session = await sessionTo(server)
    const asked = async (): Promise<void> => {
      while (answers.length === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    const gone = session.request({ ":path": "/token", authorization })
    gone.on("error", () => {})
    await asked()
    gone.close(2)
    await new Promise((resolve) => session.ping(resolve))
    for (const answer of answers.splice(0)) answer()
    const answered = status(session, { authorization })
    await asked()
    for (const answer of answers.splice(0)) answer()
    expect(await answered).toBe(200)
    expect(entered).toBe(1)
  })
})

describe("side entrances of an HTTP/2 server", () => {
  it("leave requests alone, and streams only where nobody else listens for them", async () => {
    const server = protectSideEntrances(
      createServer((_request, response) => void response.end()),
      guard,
    )
    const session = await sessionTo(server)
    expect(await status(session, {})).toBe(200)
    let entered = 0
    server.on("stream", () => {
      entered += 1
    })
    expect(await status(session, {})).toBe(401)
    expect(await status(session, { authorization })).toBe(200)
    expect(entered).toBe(1)
  })

  it("know the listeners of a session", async () => {
    const server = protectSideEntrances(
      createServer((_request, response) => void response.end()),
      guard,
    )
    let entered = 0
    server.on("session", (session: ServerHttp2Session) => {
      session.on("stream", () => {
        entered += 1
      })
    })
    expect(await status(await sessionTo(server), {})).toBe(401)
    expect(entered).toBe(0)
  })
})
