import { readFileSync } from "node:fs"
import { createGuard, type Guard } from "@countersign/guard"
import { readPem } from "@countersign/x509"
import { sha256 } from "@countersign/x509/node"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { adapterDriver } from "../src/drivers/adapter-driver.ts"
import { ask } from "../src/drivers/ask.ts"
import type { Answer, Driver, Exchange } from "../src/drivers/driver.ts"
import { exchangesOfSuite } from "../src/exchanges/files.ts"
import { type ExchangeOutcome, runExchanges } from "../src/exchanges/run.ts"
import { type Certificates, createCertificates } from "../src/hosts/certificates.ts"
import { differences } from "../src/hosts/differences.ts"
import type { Running, Seen } from "../src/hosts/host.ts"
import { hosts } from "../src/hosts/index.ts"
import { messages } from "../src/hosts/messages.ts"
import { nodeHttp1 } from "../src/hosts/node.ts"
import { generationOf, keyOf } from "../src/hosts/world.ts"

const everything = exchangesOfSuite()
const isOfSeeds = (path: string): boolean => path.endsWith("/seeds.json")
/** Those of the seeds are run in `exchanges.test.ts`. */
const vectors = exchangesOfSuite((path) => !isOfSeeds(path))
let certificates: Certificates

beforeAll(async () => {
  certificates = await createCertificates(Date.now())
})

function tlsOf({ server }: Certificates): { key: string; cert: string } {
  return { key: server.privateKeyPem, cert: server.pem }
}

/** What clients were told, of a driver that is otherwise the same. */
function recorded(driver: Driver): [Driver, Map<string, [Exchange, Answer]>] {
  const told = new Map<string, [Exchange, Answer]>()
  const request: Driver["request"] = async (exchange, signal) => {
    const answer = await driver.request(exchange, signal)
    if (!("cannot" in answer)) told.set(exchange.id, [exchange, answer])
    return answer
  }
  return [{ ...driver, request }, told]
}

/** What of a denial every host must give alike. */
function denialOf({ expect: expected }: ExchangeOutcome["vector"], { client }: Exchange) {
  if (!("deny" in expected)) return undefined
  const { reason, status } = expected.deny
  const [leaf] = client === "none" ? [] : readPem(client.chainPem).certificates
  const hex = leaf === undefined ? "" : sha256(leaf)
  const body = JSON.stringify({ error: messages[reason].replace("<hex>", hex) })
  return {
    status: status.default,
    type: "application/json",
    cache: "no-store",
    challenge: status.default === 401 ? "Bearer" : undefined,
    length: String(body.length),
    body,
  }
}

function answerOf({ status, headers = {}, body }: Answer) {
  return {
    status,
    type: headers["content-type"],
    cache: headers["cache-control"],
    challenge: headers["www-authenticate"],
    length: headers["content-length"],
    body,
  }
}

describe.each(hosts)("$name", (host) => {
  let guard: Guard
  let secure: Running

  beforeAll(async () => {
    guard = createGuard(generationOf({ apis: [] }, certificates))
    secure = await host.start(guard, tlsOf(certificates))
  })

  afterAll(() => secure.close())

  it("answers every exchange as expected, and every denial in the same words", async () => {
    const [driver, told] = recorded(adapterDriver(host))
    for await (const { id, outcome, what, vector } of runExchanges(driver, vectors)) {
      expect([id, outcome, what]).toEqual([id, "passed", ""])
      const [exchange, answer] = told.get(id) ?? []
      if (exchange === undefined || answer === undefined) throw new Error(`${id} was not asked`)
      const denial = denialOf(vector, exchange)
      if (denial !== undefined) expect([id, answerOf(answer)]).toEqual([id, denial])
    }
    expect(told.size).toBe(vectors.length)
    await driver.close?.()
  }, 60_000)

  it.each(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])(
    "guards %s before its body is read",
    async (method) => {
      guard.replace(generationOf({ apis: [{ path: "/", identity: "token" }] }, certificates))
      const hasBody = method === "POST" || method === "PUT" || method === "PATCH"
      const body = hasBody ? { body: "x".repeat(200_000) } : {}
      const asked = { port: secure.port, http: host.http, method, path: "/", ...body }
      const { status, body: text } = await ask(asked)
      expect(status).toBe(401)
      expect(text).toBe(method === "HEAD" ? "" : '{"error":"Authorization field missing"}')
    },
  )

  it("shows its handler the verdict and the body", async () => {
    const bound = { name: "bound", bindings: ["C1"] } as const
    const apis = [{ path: "/", identity: "token", list: ["C1"] }] as const
    guard.replace(generationOf({ apis, sessions: [bound], stored: ["C1"] }, certificates))
    const { pem, privateKeyPem } = certificates.C1
    const headers = { authorization: keyOf(bound, certificates), "content-type": "text/plain" }
    const asked = { port: secure.port, http: host.http, path: "/", cert: pem, key: privateKeyPem }
    const reply = await ask({ ...asked, method: "POST", headers, body: "x".repeat(100_000) })
    const seen = JSON.parse(reply.body) as Seen
    expect(seen).toMatchObject({ sessionBy: "token", leafBy: "allow_list", length: 100_000 })
  })

  it("takes a certificate from no header, whatever proxies call theirs", async () => {
    const apis = [{ path: "/", identity: "keyless", list: ["C1"] }] as const
    guard.replace(generationOf({ apis }, certificates))
    const { pem, sha256 } = certificates.C1
    const names = ["X-Client-Cert", "X_Client_Cert", "X-SSL-Client-Cert", "X-Forwarded-Client-Cert"]
    const values = names.map((name) => [name, encodeURIComponent(pem)])
    const headers = Object.fromEntries([...values, ["X-Client-Cert-SHA256", sha256]])
    const reply = await ask({ port: secure.port, http: host.http, path: "/", headers })
    expect(JSON.parse(reply.body)).toEqual({ error: "Client TLS certificate is required" })
  })

  it("hides what authenticated from its handler", async () => {
    const strip = { path: "/", identity: "token", strip: true } as const
    guard.replace(
      generationOf({ apis: [strip], sessions: [{ name: "s" }], hash: "" }, certificates),
    )
    const token = "default732d2d2d2d2d2d2d2d2d2d2d2d2d2d2d"
    const reply = await ask({
      port: secure.port,
      http: host.http,
      path: `/x?a=1&Authorization=${token}&b=2`,
      headers: { authorization: token, cookie: `a=1; Authorization=${token}; b=2` },
    })
    expect(reply.status).toBe(200)
    expect(reply.body).not.toContain(token)
    const seen = JSON.parse(reply.body) as Seen
    expect(seen.url).toBe("/x?a=1&b=2")
    expect(seen.headers).toMatchObject({ cookie: "a=1; b=2" })
  })
})

describe("the table of differences", () => {
  it("is what the vectors say", () => {
    const file = readFileSync(new URL("../hosts/differences.md", import.meta.url), "utf8")
    expect(file).toBe(differences(everything))
  })

  it("names the status alone only where the reference's preset answers as it does", async () => {
    const preset = "tyk-5.12"
    const wanted = everything.filter(({ asserted }) => asserted?.differs === "status")
    const driver = adapterDriver(nodeHttp1, preset)
    for await (const { id, what, vector } of runExchanges(driver, wanted, { preset })) {
      const { asserted, expect: expected } = vector
      expect([id, what]).toEqual([id, ""])
      expect(expected).toMatchObject({ deny: { status: { [preset]: asserted?.status } } })
    }
    await driver.close?.()
    expect(wanted.length).toBeGreaterThan(10)
  })

  it("says why of every status that is another, and of no other", () => {
    for (const { id, asserted, expect: expected } of everything) {
      if (asserted === undefined) continue
      const status = "deny" in expected ? expected.deny.status.default : 200
      expect([id, asserted.differs !== undefined]).toEqual([id, asserted.status !== status])
    }
  })

  it("lets in nothing that the reference refuses", () => {
    const opened = everything.filter(
      ({ asserted, expect: expected }) =>
        "allow" in expected && asserted !== undefined && asserted.status !== 200,
    )
    expect(opened).toEqual([])
  })
})
