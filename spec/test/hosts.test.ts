import { readFileSync } from "node:fs"
import { createGuard, type Decision, type Guard } from "@countersign/guard"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Certificates, createCertificates } from "../src/hosts/certificates.ts"
import { ask } from "../src/hosts/client.ts"
import { differences } from "../src/hosts/differences.ts"
import type { Running, Seen } from "../src/hosts/host.ts"
import { hosts } from "../src/hosts/index.ts"
import { nodeHttp1 } from "../src/hosts/node.ts"
import { answerOf, denialOf, present } from "../src/hosts/present.ts"
import { rows } from "../src/hosts/rows/index.ts"
import { generationOf } from "../src/hosts/world.ts"

const titled = rows.map((row) => [`${row.id} ${row.about}`.trim(), row] as const)
let certificates: Certificates
const decisions: Decision[] = []

beforeAll(async () => {
  certificates = await createCertificates(Date.now())
})

function tlsOf({ server }: Certificates): { key: string; cert: string } {
  return { key: server.privateKeyPem, cert: server.pem }
}

describe.each(hosts)("$name", (host) => {
  let guard: Guard
  let secure: Running
  let plain: Running

  beforeAll(async () => {
    guard = createGuard({
      ...generationOf({ apis: [] }, certificates),
      onDecision: (decision) => decisions.push(decision),
    })
    secure = await host.start(guard, tlsOf(certificates))
    plain = await host.start(guard, "plain")
  })

  afterAll(async () => {
    await secure.close()
    await plain.close()
  })

  it.each(titled)("%s", async (_title, row) => {
    guard.replace(generationOf(row.world, certificates))
    decisions.length = 0
    const { port } = row.plain ? plain : secure
    const reply = await ask(present(row, certificates, host, port))
    const told = decisions.map(({ verdict }) =>
      verdict._tag === "Allow" ? "Allow" : verdict.reason,
    )
    expect(told).toEqual([row.expect])
    if (row.expect === "Allow") expect(reply.status).toBe(200)
    else expect(answerOf(reply)).toEqual(denialOf(row, certificates))
  })

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
    const row = rows.find(({ id }) => id === "X6")
    if (row === undefined) throw new Error("no such row")
    guard.replace(generationOf(row.world, certificates))
    const asked = present(row, certificates, host, secure.port)
    const headers = { ...asked.headers, "content-type": "text/plain" }
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
  it("is what the rows say", () => {
    const file = readFileSync(new URL("../hosts/differences.md", import.meta.url), "utf8")
    expect(file).toBe(differences(rows))
  })

  it("names the status alone only where the reference's preset answers as it does", async () => {
    const guard = createGuard(generationOf({ apis: [] }, certificates))
    const { port, close } = await nodeHttp1.start(guard, tlsOf(certificates))
    for (const row of rows.filter(({ reference }) => reference?.because === "status")) {
      guard.replace(generationOf(row.world, certificates, { preset: "tyk-5.12" }))
      const { status } = await ask(present(row, certificates, nodeHttp1, port))
      expect([row.id, status]).toEqual([row.id, row.reference?.status])
    }
    await close()
  })

  it("lets in nothing that the reference refuses", () => {
    const opened = rows.filter(
      ({ expect: verdict, reference }) =>
        verdict === "Allow" && reference !== undefined && reference.status !== 200,
    )
    expect(opened).toEqual([])
  })
})
