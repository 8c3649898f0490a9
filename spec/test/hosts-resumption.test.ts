import { constants, randomBytes } from "node:crypto"
import type { ConnectionOptions, SecureVersion, TlsOptions } from "node:tls"
import { createGuard, type Guard } from "@countersign/guard"
import type { NodeServer } from "@countersign/node"
import { afterEach, beforeAll, describe, expect, it } from "vitest"
import {
  type CertificateName,
  type Certificates,
  createCertificates,
} from "../src/hosts/certificates.ts"
import type { Running } from "../src/hosts/host.ts"
import { hosts } from "../src/hosts/index.ts"
import { type Exchanged, exchange } from "../src/hosts/resume.ts"
import { generationOf, type World } from "../src/hosts/world.ts"

interface Way {
  readonly name: string
  readonly version: SecureVersion
  readonly tickets: boolean
}

const ways: readonly Way[] = [
  { name: "TLS 1.2 tickets", version: "TLSv1.2", tickets: true },
  { name: "TLS 1.2 session ids", version: "TLSv1.2", tickets: false },
  { name: "TLS 1.3", version: "TLSv1.3", tickets: true },
]
const combinations = hosts
  .filter(({ http }) => http === 1)
  .flatMap((host) => ways.map((way) => ({ host, way, title: `${host.name}, ${way.name}` })))

const world: World = {
  apis: [
    { path: "/authority", identity: "keyless", list: ["root"] },
    { path: "/listed", identity: "keyless", list: ["C1"] },
    { path: "/open", identity: "keyless" },
    { path: "/dynamic", identity: "dynamic" },
  ],
  sessions: [{ name: "of C1", key: "certificate", certificate: "C1" }],
  stored: ["C1"],
}

const twoHosts: World = {
  apis: [
    { id: "a", path: "/api", host: "a.example", identity: "keyless", list: ["C1"] },
    { id: "b", path: "/api", host: "b.example", identity: "keyless", list: ["C2"] },
  ],
}

describe.each(combinations)("resumption on $title", ({ host, way }) => {
  let certificates: Certificates
  const started: Running[] = []

  beforeAll(async () => {
    certificates = await createCertificates(Date.now())
  })

  afterEach(async () => {
    await Promise.all(started.splice(0).map(({ close }) => close()))
  })

  async function start(guard: Guard, shared = shareable(), clock = Date.now): Promise<Running> {
    const { server } = certificates
    const tls: TlsOptions = {
      key: server.privateKeyPem,
      cert: server.pem,
      ticketKeys: shared.ticketKeys,
      sessionIdContext: "shared",
      ...(way.tickets ? {} : { secureOptions: constants.SSL_OP_NO_TICKET }),
    }
    const running = await host.start(guard, tls, { clock })
    if (!way.tickets) keepSessions(running.server, shared.sessions)
    started.push(running)
    return running
  }

  function guardOf(changed: Partial<World> = {}): Guard {
    return createGuard(generationOf({ ...world, ...changed }, certificates))
  }

  function as(...names: readonly CertificateName[]): ConnectionOptions {
    const [leaf, ...others] = names.map((name) => certificates[name])
    const versions = { minVersion: way.version, maxVersion: way.version }
    if (leaf === undefined) return versions
    return { ...versions, cert: leaf.chainPem(...others), key: leaf.privateKeyPem }
  }

  /** A full handshake, and its session in a connection of its own. */
  async function twice(
    { port }: Running,
    first: { path: string; host?: string },
    options: ConnectionOptions,
    between: () => void = () => {},
    second: { path: string; host?: string; at?: Running; servername?: string } = first,
  ): Promise<readonly [string, string]> {
    const full = await exchange(port, first, options)
    expect(full.reused).toBe(false)
    between()
    const resumed = await resume(full, second.at?.port ?? port, second, options)
    return [full.status, resumed.status]
  }

  async function resume(
    { session }: Exchanged,
    port: number,
    request: { path: string; host?: string; servername?: string },
    options: ConnectionOptions,
  ): Promise<Exchanged> {
    const { servername } = request
    const name = servername === undefined ? {} : { servername }
    const resumed = await exchange(port, request, { ...options, ...name, session })
    expect(resumed.reused).toBe(true)
    return resumed
  }

  it("keeps a client working whose chain needs its intermediate", async () => {
    const running = await start(guardOf())
    const path = "/authority"
    const client = as("indirect", "intermediate")
    expect(await twice(running, { path }, client)).toEqual(["200", "200"])
  })

  it("refuses it once the authority is off the list", async () => {
    const guard = guardOf()
    const running = await start(guard)
    const apis = [{ path: "/authority", identity: "keyless", list: ["otherRoot"] }] as const
    const removed = (): void => guard.replace(generationOf({ apis }, certificates))
    const client = as("indirect", "intermediate")
    const statuses = await twice(running, { path: "/authority" }, client, removed)
    expect(statuses).toEqual(["200", "403"])
  })

  it("refuses a listed certificate once it is off the list", async () => {
    const guard = guardOf()
    const running = await start(guard)
    const apis = [{ path: "/listed", identity: "keyless", list: ["C2"] }] as const
    const removed = (): void => guard.replace(generationOf({ apis }, certificates))
    expect(await twice(running, { path: "/listed" }, as("C1"), removed)).toEqual(["200", "403"])
  })

  it.each([
    ["session", { sessions: [] }],
    ["certificate", { stored: [] }],
  ])("refuses a client whose %s was removed", async (_what, change) => {
    const guard = guardOf()
    const running = await start(guard)
    const removed = (): void => guard.replace(generationOf({ ...world, ...change }, certificates))
    expect(await twice(running, { path: "/dynamic" }, as("C1"), removed)).toEqual(["200", "403"])
  })

  it.each(["/authority", "/listed", "/dynamic"])(
    "refuses a certificate at %s that has expired since",
    async (path) => {
      let now = Date.now()
      const running = await start(guardOf(), shareable(), () => now)
      const client = path === "/authority" ? as("indirect", "intermediate") : as("C1")
      const later = (): void => {
        now = Date.UTC(2060, 0, 1)
      }
      expect(await twice(running, { path }, client, later)).toEqual(["200", "403"])
    },
  )

  it.each(["/authority", "/listed", "/dynamic"])(
    "refuses a client without certificate at %s",
    async (path) => {
      const running = await start(guardOf())
      const statuses = await twice(running, { path: "/open" }, as(), () => {}, { path })
      expect(statuses).toEqual(["200", "403"])
    },
  )

  it("takes the session's certificate, whatever the resuming client offers", async () => {
    const running = await start(guardOf())
    const full = await exchange(running.port, { path: "/open" }, as())
    expect((await resume(full, running.port, { path: "/listed" }, as("C1"))).status).toBe("403")
  })

  it("judges a session of another server by its own policies, where ticket keys are shared", async () => {
    const shared = shareable()
    const first = await start(guardOf(), shared)
    const apis = [
      { path: "/listed", identity: "keyless", list: ["C2"] },
      { path: "/authority", identity: "keyless", list: ["root"] },
    ] as const
    const at = await start(createGuard(generationOf({ apis }, certificates)), shared)
    const nothing = (): void => {}
    const path = "/listed"
    expect(await twice(first, { path }, as("C1"), nothing, { path, at })).toEqual(["200", "403"])
    expect(await twice(first, { path: "/open" }, as("C2"), nothing, { path, at })).toEqual([
      "200",
      "200",
    ])
    expect(await twice(first, { path: "/open" }, as(), nothing, { path, at })).toEqual([
      "200",
      "403",
    ])
  })

  it("never completes a chain from what another server has seen", async () => {
    const shared = shareable()
    const first = await start(guardOf(), shared)
    const at = await start(guardOf(), shared)
    const path = "/authority"
    const client = as("indirect", "intermediate")
    expect(await twice(first, { path }, client, () => {}, { path, at })).toEqual(["200", "403"])
  })

  /**
   * Node does not tell the server name of a resumed TLS 1.2 session: the name that the session was
   * made under counts, whatever the client asks for now.
   */
  it("lets a session of one host into no other", async () => {
    const running = await start(guardOf(twoHosts))
    const client = { ...as("C1"), servername: "a.example" }
    const full = await exchange(running.port, { path: "/api", host: "a.example" }, client)
    expect(full.status).toBe("200")
    const { session } = full
    const ask = async (host: string, servername: string): Promise<string> =>
      (await exchange(running.port, { path: "/api", host }, { ...client, servername, session }))
        .status
    const isTold = way.version === "TLSv1.3"
    expect(await ask("a.example", "a.example")).toBe("200")
    expect(await ask("b.example", "b.example")).toBe(isTold ? "403" : "421")
    expect(await ask("a.example", "b.example")).toBe(isTold ? "421" : "200")
    expect(await ask("b.example", "a.example")).toBe("421")
  })
})

interface Shared {
  readonly ticketKeys: Buffer
  readonly sessions: Map<string, Buffer>
}

function shareable(): Shared {
  return { ticketKeys: randomBytes(48), sessions: new Map() }
}

/** What makes session ids work: a store behind the server. */
function keepSessions(server: NodeServer, sessions: Shared["sessions"]): void {
  server.on("newSession", (id: Buffer, data: Buffer, done: () => void) => {
    sessions.set(id.toString("hex"), data)
    done()
  })
  server.on("resumeSession", (id: Buffer, done: (error: null, data: Buffer | null) => void) => {
    done(null, sessions.get(id.toString("hex")) ?? null)
  })
}
