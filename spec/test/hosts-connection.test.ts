import type { ConnectionOptions } from "node:tls"
import { createGuard, type Decision, type Guard } from "@countersign/guard"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import {
  type CertificateName,
  type Certificates,
  createCertificates,
} from "../src/hosts/certificates.ts"
import { dialogue } from "../src/hosts/dialogue.ts"
import type { Running } from "../src/hosts/host.ts"
import { hosts } from "../src/hosts/index.ts"
import { generationOf, keyOf, type World } from "../src/hosts/world.ts"

const bound = { name: "bound", bindings: ["C1"] } as const
const ofC1 = { name: "of C1", key: "certificate", certificate: "C1" } as const
const world: World = {
  apis: [
    { path: "/authority", identity: "keyless", list: ["root"] },
    { path: "/listed", identity: "keyless", list: ["C1"] },
    { path: "/dynamic", identity: "dynamic" },
    { path: "/token", identity: "token" },
    { id: "a", path: "/api", host: "a.example", identity: "keyless", list: ["C1"] },
    { id: "b", path: "/api", host: "b.example", identity: "keyless", list: ["C1"] },
    { id: "open", path: "/open", host: "b.example", identity: "keyless" },
  ],
  sessions: [bound, ofC1],
  stored: ["C1"],
}

describe.each(hosts)("one connection to $name", (host) => {
  let certificates: Certificates
  let guard: Guard
  let running: Running
  let now = Date.now()
  const decisions: Decision[] = []

  beforeAll(async () => {
    certificates = await createCertificates(now)
    guard = createGuard({
      ...generationOf(world, certificates),
      onDecision: (decision) => decisions.push(decision),
    })
    const { server } = certificates
    const tls = { key: server.privateKeyPem, cert: server.pem }
    running = await host.start(guard, tls, { clock: () => now })
  })

  beforeEach(() => {
    now = Date.now()
    decisions.length = 0
    guard.replace(generationOf(world, certificates))
  })

  afterAll(() => running.close())

  function as(...names: readonly CertificateName[]): ConnectionOptions {
    const [leaf, ...others] = names.map((name) => certificates[name])
    return leaf === undefined ? {} : { cert: leaf.chainPem(...others), key: leaf.privateKeyPem }
  }

  it("has one set of facts, with the whole chain, for all its requests", async () => {
    const { ask, close } = await dialogue(host, running.port, as("indirect", "intermediate"))
    for (const path of ["/listed", "/authority", "/authority"]) await ask({ path })
    close()
    const verdicts = decisions.map(({ verdict }) => verdict._tag)
    expect(verdicts).toEqual(["Deny", "Allow", "Allow"])
    const [first] = decisions
    expect(first?.facts.connection.chain.map(({ length }) => length)).toEqual([
      certificates.indirect.der.length,
      certificates.intermediate.der.length,
    ])
    expect(new Set(decisions.map(({ facts }) => facts.connection)).size).toBe(1)
  })

  const revocations: readonly (readonly [string, string, Partial<World>])[] = [
    [
      "the list is emptied",
      "/listed",
      { apis: [{ path: "/listed", identity: "keyless", list: [] }] },
    ],
    [
      "the authority is replaced",
      "/authority",
      { apis: [{ path: "/authority", identity: "keyless", list: ["otherRoot"] }] },
    ],
    ["the certificate is removed", "/dynamic", { stored: [] }],
    ["the session is removed", "/dynamic", { sessions: [] }],
    ["the session is made inactive", "/dynamic", { sessions: [{ ...ofC1, active: false }] }],
    ["the bound session is removed", "/token", { sessions: [ofC1] }],
    ["the binding is changed", "/token", { sessions: [{ ...bound, bindings: ["C2"] }] }],
  ]

  it.each(revocations)("is decided anew when %s", async (_what, path, change) => {
    const names = path === "/authority" ? (["direct"] as const) : (["C1"] as const)
    const { ask, close } = await dialogue(host, running.port, as(...names))
    const said = path === "/token" ? { path, token: keyOf(bound, certificates) } : { path }
    expect(await ask(said)).toBe("200")
    guard.replace(generationOf({ ...world, ...change }, certificates))
    expect(await ask(said)).toBe("403")
    guard.replace(generationOf(world, certificates))
    expect(await ask(said)).toBe("200")
    close()
  })

  it("is decided anew when its certificate expires", async () => {
    const { ask, close } = await dialogue(host, running.port, as("C1"))
    expect(await ask({ path: "/listed" })).toBe("200")
    now += 2 * 86_400_000
    expect(await ask({ path: "/listed" })).toBe("403")
    close()
  })

  it("is for the host of its handshake, where the certificate is read", async () => {
    const options = { ...as("C1"), servername: "a.example" }
    const { ask, close } = await dialogue(host, running.port, options)
    expect(await ask({ path: "/api", host: "a.example" })).toBe("200")
    expect(await ask({ path: "/api", host: "b.example" })).toBe("421")
    expect(await ask({ path: "/open", host: "b.example" })).toBe("200")
    expect(await ask({ path: "/api", host: "a.example:443" })).toBe("200")
    expect(await ask({ path: "/api", host: "A.EXAMPLE." })).toBe("200")
    expect(await ask({ path: "/api", host: "B.example.:8443" })).toBe("421")
    close()
  })

  it("tells of every decision, and nothing of tokens in an answer", async () => {
    const { ask, close } = await dialogue(host, running.port, as("C1"))
    await ask({ path: "/token", token: "a-secret-text" })
    await ask({ path: "/dynamic" })
    await ask({ path: "/nowhere" })
    close()
    expect(
      decisions.map(({ verdict }) => ("reason" in verdict ? verdict.reason : "Allow")),
    ).toEqual(["auth.key_not_found", "Allow", "guard.no_policy"])
    expect(JSON.stringify(decisions.map(({ verdict }) => verdict))).not.toContain("a-secret-text")
  })
})
