import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import type { NodeServer } from "@countersign/node"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { ask } from "../src/drivers/ask.ts"
import { type Certificates, createCertificates } from "../src/hosts/certificates.ts"

const examples = fileURLToPath(new URL("../../examples/", import.meta.url))
const token = "token-of-anybody-55d0"
let folder: string
let certificates: Certificates

/** The example's gateway, with clients whose keys are known here. */
beforeAll(async () => {
  certificates = await createCertificates(Date.now())
  const { C1, C2, server } = certificates
  folder = mkdtempSync(join(tmpdir(), "countersign-"))
  cpSync(join(examples, "gateway"), folder, { recursive: true })
  writeFileSync(join(folder, "certs/alice.pem"), C1.pem)
  writeFileSync(join(folder, "certs/bob.pem"), C2.pem)
  writeFileSync(join(folder, "key.pem"), server.privateKeyPem)
  writeFileSync(join(folder, "cert.pem"), server.pem)
  const sessions = { [token]: { org_id: "acme", expires: 0, access_rights: rights("orders") } }
  writeFileSync(join(folder, "sessions/example.json"), JSON.stringify(sessions))
})

afterAll(() => rmSync(folder, { recursive: true }))

function rights(api: string): object {
  return { [api]: { api_id: api, versions: ["Default"] } }
}

describe.each(["node", "fastify", "koa"])("the example for %s", (name) => {
  const file = join(examples, name, "server.js")
  let example: Example
  let port: number

  beforeAll(async () => {
    process.env["CONFIG"] = folder
    process.env["TLS_KEY"] = join(folder, "key.pem")
    process.env["TLS_CERT"] = join(folder, "cert.pem")
    process.env["PORT"] = "0"
    const address = new Promise<string>((resolve) => {
      vi.spyOn(console, "log").mockImplementation(resolve)
    })
    example = (await import(pathToFileURL(file).href)) as Example
    port = Number(new URL(await address).port)
  })

  afterAll(() => {
    vi.restoreAllMocks()
    const { server = example.app?.server } = example
    server?.close()
  })

  it("has at most forty lines", () => {
    expect(readFileSync(file, "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(40)
  })

  it.each([
    ["a listed certificate", "/partners/x", "C1", undefined, 200],
    ["an unlisted certificate", "/partners/x", "C3", undefined, 403],
    ["no certificate", "/partners/x", undefined, undefined, 403],
    ["a certificate and a token", "/orders/x", "C2", token, 200],
    ["a certificate without token", "/orders/x", "C2", undefined, 401],
    ["a path of nobody", "/nowhere", "C1", token, 404],
  ] as const)("answers %s", async (_what, path, who, presented, status) => {
    const client = who === undefined ? undefined : certificates[who]
    const reply = await ask({
      port,
      http: 1,
      path,
      cert: client?.pem,
      key: client?.privateKeyPem,
      headers: presented === undefined ? {} : { authorization: presented },
    })
    expect(reply.status).toBe(status)
  })
})

interface Example {
  readonly server?: NodeServer
  readonly app?: { readonly server: NodeServer }
}
