import { connect as connectHttp2 } from "node:http2"
import { connect as connectTcp } from "node:net"
import { createSecureContext } from "node:tls"
import { createGuard, type FindSessions, type Guard } from "@countersign/guard"
import { type Issued, MALFORMATIONS, malform, selfSigned } from "@countersign/pki"
import { readCertificate } from "@countersign/x509"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ask } from "../src/drivers/ask.ts"
import { type Certificates, createCertificates } from "../src/hosts/certificates.ts"
import { open } from "../src/hosts/converse.ts"
import type { Running } from "../src/hosts/host.ts"
import { hosts } from "../src/hosts/index.ts"
import { generationOf, keyOf, type World } from "../src/hosts/world.ts"

const free = { name: "free" } as const
const world: World = {
  apis: [
    { path: "/token", identity: "token" },
    { path: "/authority", identity: "keyless", list: ["root"] },
  ],
  sessions: [free],
}

describe.each(hosts)("bad input to $name", (host) => {
  let certificates: Certificates
  let guard: Guard
  let running: Running
  const waiting: (() => void)[] = []

  beforeAll(async () => {
    certificates = await createCertificates(Date.now())
    guard = createGuard(generationOf(world, certificates))
    const { server } = certificates
    running = await host.start(guard, { key: server.privateKeyPem, cert: server.pem })
  })

  afterAll(() => running.close())

  async function serves(): Promise<void> {
    guard.replace(generationOf(world, certificates))
    const authorization = keyOf(free, certificates)
    const { port } = running
    const asked = { port, http: host.http, path: "/token", headers: { authorization } }
    expect((await ask(asked)).status).toBe(200)
  }

  function presenting(leaf: Issued, others: readonly Issued[] = []): Promise<number | "closed"> {
    const { port } = running
    const credentials = { cert: leaf.chainPem(...others), key: leaf.privateKeyPem }
    return ask({ port, http: host.http, path: "/authority", ...credentials }).then(
      ({ status }) => status,
      () => "closed",
    )
  }

  it.each([
    ["nothing", ""],
    ["half a record", "\u0016\u0003\u0001\u0002\u0000\u0001"],
    ["plain HTTP", "GET /token HTTP/1.1\r\nHost: a\r\n\r\n"],
    ["noise", "\u0000\u00ff".repeat(500)],
  ])("survives a client that says %s and goes", async (_what, text) => {
    await new Promise<void>((resolve) => {
      const socket = connectTcp(running.port, "127.0.0.1", () =>
        socket.write(Buffer.from(text, "latin1"), () => socket.destroy()),
      )
      socket.on("close", () => resolve())
    })
    await serves()
  })

  it("survives clients that go right after the handshake, or within a request", async () => {
    for (const text of [
      "",
      "GET /tok",
      "POST /token HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx",
    ]) {
      const socket = await open(running.port, host.http === 2 ? { ALPNProtocols: ["h2"] } : {})
      await new Promise<void>((resolve) => {
        socket.on("close", () => resolve())
        socket.on("error", () => {})
        socket.write(text, () => socket.destroy())
      })
    }
    await serves()
  })

  it("answers a client that has closed its side", async () => {
    if (host.http === 2) return
    const socket = await open(running.port, { allowHalfOpen: true } as object)
    const answered = new Promise<string>((resolve) => {
      socket.on("data", (data: Buffer) => resolve(data.toString("latin1")))
      socket.on("close", () => resolve("closed"))
    })
    socket.end("GET /token HTTP/1.1\r\nHost: a\r\n\r\n")
    expect(await answered).not.toMatch(/^HTTP\/1\.1 2/)
    await serves()
  })

  it("reads a chain of sixteen certificates, and one that is longer than it reads", async () => {
    const { indirect, intermediate, C1, C2, C3, C4 } = certificates
    const noise = [C1, C2, C3, C4, C1, C2, C3, C4, C1, C2, C3, C4, C1, C2]
    expect(await presenting(indirect, [...noise, intermediate])).toBe(200)
    const long = Array.from({ length: 60 }, () => C1)
    expect(await presenting(indirect, [...long, intermediate])).toBe(403)
    await serves()
  })

  it("survives a certificate of 200 KB", async () => {
    const san = Array.from({ length: 9_000 }, (_, i) => `host-${i}.client.example`)
    const huge = await selfSigned({ name: "huge", ca: false, san })
    expect(huge.der.length).toBeGreaterThan(200_000)
    expect(await presenting(huge)).toBe("closed")
    await serves()
  })

  it("never lets in a listed certificate that OpenSSL reads and we do not", async () => {
    const answered: (number | "closed")[] = []
    for (const kind of MALFORMATIONS) {
      const broken = await malform(certificates.direct, kind)
      if (!isSendable(broken) || readCertificate(broken.der)._tag === "Certificate") continue
      const apis = [{ path: "/authority", identity: "keyless", list: ["C1"] }] as const
      guard.replace(generationOf({ apis }, { ...certificates, C1: broken }))
      answered.push(await presenting(broken))
    }
    expect(answered.length).toBeGreaterThan(15)
    expect([...new Set(answered)]).toEqual([403])
    await serves()
  })

  const find: FindSessions = (keys) =>
    new Promise((resolve) => waiting.push(() => resolve(keys.map(() => undefined))))

  it("survives a client that goes while the store is asked", async () => {
    guard.replace({ ...generationOf(world, certificates), sessions: find })
    await (host.http === 2 ? resetStreams() : leave())
    await serves()
  })

  /** With every kind of reset, of which some are errors of the stream. */
  async function resetStreams(): Promise<void> {
    const url = `https://127.0.0.1:${running.port}`
    const session = connectHttp2(url, { rejectUnauthorized: false })
    for (const code of [0, 2, 8]) {
      const stream = session.request({ ":path": "/token", authorization: "a token" })
      stream.on("error", () => {})
      await asked()
      stream.close(code)
      await new Promise((resolve) => session.ping(resolve))
      for (const answer of waiting.splice(0)) answer()
    }
    session.destroy()
  }

  async function leave(): Promise<void> {
    const socket = await open(running.port)
    socket.write("GET /token HTTP/1.1\r\nHost: a\r\nAuthorization: a token\r\n\r\n")
    await asked()
    await new Promise<void>((resolve) => {
      socket.on("close", () => resolve())
      socket.destroy()
    })
    for (const answer of waiting.splice(0)) answer()
  }

  /** Until the store has been asked. */
  async function asked(): Promise<void> {
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve))
  }
})

/** The client's OpenSSL refuses some; it sends lengths that are merely not minimal as they should be. */
function isSendable({ pem, privateKeyPem }: Issued): boolean {
  try {
    createSecureContext({ cert: pem, key: privateKeyPem })
    return true
  } catch {
    return false
  }
}
