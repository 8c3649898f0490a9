import { once } from "node:events"
import type { IncomingMessage } from "node:http"
import { Agent, request } from "node:https"
import { text } from "node:stream/consumers"
import { asAuthority } from "@countersign/pki"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { run } from "../../src/index.ts"
import type { Changes } from "../../src/serve/watch-files.ts"
import { type DemoGateway, demoGateway } from "../gateway-folder.ts"
import { type FakeTerminal, fakeTerminal } from "../terminal.ts"

let gateway: DemoGateway
let terminal: FakeTerminal
let interruption: AbortController
let ended: Promise<number>
let port: number
/** Tells `serve` of changes, as its watcher would. */
let tell: (changes: Changes) => void
let hangUp: () => void
let followed: readonly string[]
let agent: Agent

beforeEach(async () => {
  gateway = await demoGateway()
  interruption = new AbortController()
  await new Promise<void>((started) => {
    terminal = fakeTerminal({
      interrupted: interruption.signal,
      watch: () =>
        Promise.resolve({
          listen: (onChanges) => {
            tell = onChanges
          },
          follow: (paths) => {
            followed = [...paths]
            return Promise.resolve()
          },
          close: () => Promise.resolve(),
        }),
      onHangup: (reload) => {
        hangUp = reload
        return () => {}
      },
    })
    const out = (text: string) => {
      terminal.written.out += text
      if (text.includes("serving")) started()
    }
    ended = run(["serve", "--config", gateway.path, "--port", "0"], { ...terminal, out })
  })
  port = Number(/serving https:\/\/127\.0\.0\.1:(\d+)/.exec(terminal.written.out)?.[1])
  agent = new Agent({ keepAlive: true, maxSockets: 1 })
})
afterEach(async () => {
  agent.destroy()
  interruption.abort()
  expect(await ended).toBe(0)
  gateway.remove()
})

interface Answer {
  readonly status: number | undefined
  readonly body: string
  /** On a connection that was open before. */
  readonly isReused: boolean
}

async function get(path: string, client: object = {}, headers = {}): Promise<Answer> {
  const options = { host: "127.0.0.1", port, path, agent, headers, rejectUnauthorized: false }
  const sent = request({ ...options, ...client })
  sent.end()
  const [response] = (await once(sent, "response")) as [IncomingMessage]
  const body = await text(response)
  return { status: response.statusCode, body, isReused: sent.reusedSocket }
}

function clientOf(name: string): object {
  const { pem, privateKeyPem } = gateway.issued(name)
  return { cert: pem, key: privateKeyPem }
}

function sessions(): Record<string, object> {
  return JSON.parse(gateway.read("sessions/all.json"))
}

describe("a reload", () => {
  it("ends what a removed session allowed at the next request of an open connection", async () => {
    const headers = { authorization: gateway.token("free") }
    expect(await get("/token/", {}, headers)).toMatchObject({ status: 200, isReused: false })
    const { [gateway.token("free")]: _removed, ...others } = sessions()
    tell(new Set([gateway.write("sessions/all.json", others)]))
    expect(await get("/token/", {}, headers)).toMatchObject({ status: 403, isReused: true })
    expect(terminal.written.out).toContain("auth.key_not_found (no_session) GET /token/")
  })

  it("ends what a removed certificate allowed at the next request of an open connection", async () => {
    const alice = clientOf("alice")
    expect(await get("/dynamic/", alice)).toMatchObject({ status: 200, isReused: false })
    gateway.unlink("certs/5f3a1c9e7b2d4860a1b2c3d4/alice.pem")
    for (const name of ["static", "static-token", "both", "payments"]) {
      gateway.unlink(`apis/${name}.json`)
    }
    tell("anything")
    expect(await get("/dynamic/", alice)).toMatchObject({ status: 403, isReused: true })
    expect(terminal.written.out).toMatch(/auth\.cert_not_found .*GET \/dynamic\//)
  })

  it("ends what an allow list allowed at the next request of an open connection", async () => {
    const alice = clientOf("alice")
    expect(await get("/static/", alice)).toMatchObject({ status: 200, isReused: false })
    const definition = JSON.parse(gateway.read("apis/static.json"))
    const others = definition.client_certificates.slice(1)
    tell(
      new Set([gateway.write("apis/static.json", { ...definition, client_certificates: others })]),
    )
    expect(await get("/static/", alice)).toMatchObject({ status: 403, isReused: true })
  })

  it("ends what a new revocation list revokes at the next request of an open connection", async () => {
    const trusted = clientOf("trusted")
    expect(await get("/trusting/", trusted)).toMatchObject({ status: 200, isReused: false })
    const list = await asAuthority(gateway.issued("trusted-ca")).crl({
      number: 2,
      thisUpdate: Date.now() - 1000,
      nextUpdate: Date.now() + 86_400_000,
      revoked: [{ certificate: gateway.issued("trusted") }],
    })
    tell(new Set([gateway.write("crls/trusted-ca.pem", list.pem)]))
    expect(await get("/trusting/", trusted)).toMatchObject({ status: 403, isReused: true })
    expect(terminal.written.out).toMatch(/mtls\.cert_revoked .*GET \/trusting\//)
  })

  it("counts generations, in its log and in every answer", async () => {
    expect(JSON.parse((await get("/open/")).body)).toMatchObject({ api: "open", generation: 0 })
    tell("anything")
    hangUp()
    expect(terminal.written.out).toMatch(/reloaded generation 1 .*\nreloaded generation 2 /)
    expect(JSON.parse((await get("/open/")).body)).toMatchObject({ api: "open", generation: 2 })
  })

  it("keeps the last generation serving when the files cannot be served, and says why", async () => {
    const good = gateway.read("apis/open.json")
    const file = gateway.write("apis/open.json", "{ half of it")
    tell(new Set([file]))
    expect(terminal.written.err).toMatch(/error +apis\/open\.json .* document\.syntax/)
    expect(terminal.written.err).toContain("not reloaded; generation 0 keeps serving")
    expect((await get("/open/")).status).toBe(200)
    gateway.write("apis/open.json", good)
    tell(new Set([file]))
    expect(terminal.written.out).toContain("reloaded generation 1 ")
    expect((await get("/open/")).status).toBe(200)
  })
})

describe("files that an allow list names", () => {
  it("are watched where they stand, also those that a reload names first", () => {
    expect(followed).toEqual([])
    const settings = JSON.parse(gateway.read("gateway.json"))
    const certificates = { apis: [...settings.security.certificates.apis, gateway.pem("carol")] }
    const security = { ...settings.security, certificates }
    tell(new Set([gateway.write("gateway.json", { ...settings, security })]))
    expect(followed).toEqual([gateway.pem("carol")])
  })
})

describe("the welcome", () => {
  it("says that changed files are loaded", () => {
    expect(terminal.written.out).toContain("changed files are loaded by themselves, and on SIGHUP")
  })
})
