import { type ChildProcess, spawn } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Certificates, createCertificates } from "../src/hosts/certificates.ts"
import { ask } from "../src/hosts/client.ts"

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
  let running: ChildProcess
  let port: number

  beforeAll(async () => {
    const env = {
      ...process.env,
      CONFIG: folder,
      TLS_KEY: join(folder, "key.pem"),
      TLS_CERT: join(folder, "cert.pem"),
      PORT: "0",
    }
    const flags = ["--import", "tsx", "--conditions=@countersign/source"]
    running = spawn(process.execPath, [...flags, file], { env })
    port = await announced(running)
  }, 20_000)

  afterAll(() => running.kill())

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

/** The port of the address that a server prints; its faults are the test's. */
function announced(running: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = ""
    const read = (part: Buffer): void => {
      text += part.toString()
      const found = /https:\/\/\S+:(\d+)/.exec(text)?.[1]
      if (found !== undefined) resolve(Number(found))
    }
    running.stdout?.on("data", read)
    running.stderr?.on("data", read)
    running.once("exit", () => reject(new Error(text)))
  })
}
