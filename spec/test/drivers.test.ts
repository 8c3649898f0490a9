import { randomBytes, X509Certificate } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { createServer as createTlsServer } from "node:https"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { TLSSocket } from "node:tls"
import { createAuthority } from "@countersign/pki"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { Exchange } from "../src/drivers/driver.ts"
import { createDriver, type DriverName, driverNames, openDriver } from "../src/drivers/index.ts"
import { requestTo } from "../src/drivers/request-to.ts"
import { exchangesOfSuite } from "../src/exchanges/files.ts"
import { runExchanges } from "../src/exchanges/run.ts"
import { stageWorld } from "../src/exchanges/stage.ts"

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "countersign-drivers-"))
})

afterAll(() => rmSync(folder, { recursive: true }))

function module(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const plain: Exchange = {
  id: "exchange.mine",
  transport: "plain",
  client: "none",
  serverName: "none",
  resumed: false,
  method: "GET",
  path: "/a/../b?c=%2F",
  host: "a.example",
  headers: { authorization: "Bearer mine" },
  body: "",
}
const { signal } = new AbortController()

describe("a driver", () => {
  it.each([
    ["an object", "{ name: 'mine', load, request }"],
    ["a function", "() => ({ name: 'mine', load, request })"],
    ["a function that takes its time", "async () => ({ name: 'mine', load, request })"],
  ])("may be what a module exports as %s", async (name, text) => {
    const functions = "const load = async () => {}; const request = async () => ({ status: 200 })\n"
    const path = module(`${name}.mjs`, `${functions}export default ${text}\n`)
    expect(await openDriver(path)).toMatchObject({ name: "mine" })
  })

  it.each([
    ["nothing", "export const driver = 1"],
    ["no name", "export default { load() {}, request() {} }"],
    ["no function", "export default { name: 'mine', load: 1, request() {} }"],
    ["a close that is none", "export default { name: 'mine', load() {}, request() {}, close: 1 }"],
  ])("is not what a module exports with %s", async (name, text) => {
    const path = module(`${name}.mjs`, text)
    await expect(openDriver(path)).rejects.toThrow("exports no driver")
  })

  it("is none where there is no module", async () => {
    await expect(openDriver(join(folder, "nowhere.mjs"))).rejects.toThrow()
  })

  it.each(Object.keys(driverNames) as DriverName[])(
    "%s serves worlds until it is closed",
    async (name) => {
      const driver = createDriver(name)
      const vectors = exchangesOfSuite((path) => path.endsWith("/hosts-and-paths.json")).slice(0, 3)
      expect(await driver.request(plain, signal)).toEqual({ cannot: "no world is loaded" })
      for await (const { id, outcome } of runExchanges(driver, vectors)) {
        expect([id, outcome]).toEqual([id, "passed"])
      }
      await driver.close?.()
      expect(await driver.request(plain, signal)).toEqual({ cannot: "no world is loaded" })
    },
  )
})

describe("a request", () => {
  it("is sent as it stands, and its answer told", async () => {
    const server = createServer((request, response) => {
      const { method, url, headers } = request
      response.writeHead(418, { "x-mine": "yes" })
      response.end([method, url, headers.host, headers.authorization].join(" "))
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const { port } = server.address() as AddressInfo
    const answer = await requestTo({ tls: "none", plain: port })(plain, signal)
    const body = "GET /a/../b?c=%2F a.example Bearer mine"
    expect(answer).toMatchObject({ status: 418, body, headers: { "x-mine": "yes" } })
    server.close()
  })

  it("cannot be made where there is no port for it", async () => {
    const request = requestTo({ tls: "none", plain: "none" })
    expect(await request(plain, signal)).toHaveProperty("cannot")
    expect(await request({ ...plain, transport: "tls" }, signal)).toHaveProperty("cannot")
  })

  it.each([1, 2] as const)("over HTTP/%s ends when it is given up", async (http) => {
    const server = createServer(() => {})
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const { port } = server.address() as AddressInfo
    const given = new AbortController()
    server.once("connection", () => given.abort())
    const asked = requestTo({ tls: "none", plain: port, http })(plain, given.signal)
    await expect(asked).rejects.toThrow()
    server.close()
  })
})

describe("a request on a resumed session", () => {
  const tls: Exchange = { ...plain, transport: "tls", path: "/", resumed: true }

  async function serving(afterwards: (server: ReturnType<typeof createTlsServer>) => void) {
    const authority = await createAuthority({ name: "servers" })
    const { privateKeyPem: key, pem: cert } = await authority.issue({ name: "s", usage: "server" })
    const reused: boolean[] = []
    const server = createTlsServer({ key, cert }, ({ socket }, response) => {
      reused.push(socket instanceof TLSSocket && socket.isSessionReused())
      response.end()
      afterwards(server)
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const { port } = server.address() as AddressInfo
    return { request: requestTo({ tls: port, plain: "none" }), server, reused }
  }

  it("is made after one that began the session", async () => {
    const { request, server, reused } = await serving(() => {})
    expect(await request(tls, signal)).toMatchObject({ status: 200 })
    expect(reused).toEqual([false, true])
    server.close()
  })

  it("fails where the server begins another session", async () => {
    const { request, server, reused } = await serving((one) => one.setTicketKeys(randomBytes(48)))
    await expect(request(tls, signal)).rejects.toThrow("did not resume")
    expect(reused).toEqual([false])
    server.close()
  })
})

describe("a staged world", () => {
  it("has exchanges that say what their vectors do", async () => {
    const vectors = exchangesOfSuite((path) => path.endsWith("/allow-list.json"))
    const [first] = vectors
    if (first === undefined) throw new Error("no such file")
    const stage = await stageWorld(first.world, Date.now())
    for (const vector of vectors) {
      const {
        transport,
        chain,
        host = "none",
        serverName = "none",
        resumed = false,
      } = vector.present
      const { client, ...sent } = stage.exchangeOf(vector)
      expect(sent).toMatchObject({ id: vector.id, transport, host, serverName, resumed })
      const pem = client === "none" ? "" : client.chainPem
      expect(pem.split("BEGIN CERTIFICATE").length - 1).toBe(chain.length)
    }
  })

  it("has certificates as their recipes want them", async () => {
    const [vector] = exchangesOfSuite((path) => path.endsWith("/allow-list.json"))
    if (vector === undefined) throw new Error("no such vector")
    const stage = await stageWorld(vector.world, Date.now())
    const shown = (name: string): X509Certificate => {
      const present = { ...vector.present, chain: [name] }
      const { client } = stage.exchangeOf({ ...vector, present })
      return new X509Certificate(client === "none" ? "" : client.chainPem)
    }
    expect(["C1", "openssl", "root", "direct"].map((name) => shown(name).ca)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(shown("direct").checkIssued(shown("root"))).toBe(true)
    expect(Date.parse(shown("expired").validTo)).toBeLessThan(Date.now())
    expect(Date.parse(shown("future").validFrom)).toBeGreaterThan(Date.now())
    expect(["no-purpose", "direct", "server"].map((name) => shown(name).keyUsage)).toEqual([
      undefined,
      ["1.3.6.1.5.5.7.3.2"],
      ["1.3.6.1.5.5.7.3.1"],
    ])
  })

  it("has keys of its own in every run, and texts in every place", async () => {
    const [vector] = exchangesOfSuite((path) => path.endsWith("/allow-list.json")).filter(
      ({ id }) => id === "exchange.admit.header",
    )
    if (vector === undefined) throw new Error("no such vector")
    const now = Date.now()
    const [one, other] = [await stageWorld(vector.world, now), await stageWorld(vector.world, now)]
    expect(one.digestOf("C1")).not.toBe(other.digestOf("C1"))
    const { headers } = one.exchangeOf(vector)
    expect(headers["x-client-cert-sha256"]).toBe(one.digestOf("C1"))
    expect(decodeURIComponent(headers["x-client-cert"] ?? "")).toMatch(/^-----BEGIN CERTIFICATE/)
    const inline = one.worldFor({}).apis.filter(({ id }) => id.startsWith("inline"))
    const lists = inline.map(({ allowList }) => allowList)
    expect(lists.flat().map((entry) => entry.includes("\n"))).toEqual([true, false])
  })
})
