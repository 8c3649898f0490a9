import type { RequestListener } from "node:http"
import { createServer, type Server } from "node:https"
import type { AddressInfo } from "node:net"
import type { TLSSocket } from "node:tls"
import type { Guard } from "@countersign/guard"
import { createServerOptions } from "@countersign/node"
import { connectionOf } from "@countersign/node/facts"
import { admit, createGate, judge } from "@countersign/node/host"
import { createAuthority, type Issued, sharedKey } from "@countersign/pki"
import { guardOf } from "../guard/world.ts"
import { work } from "../measure/worker.ts"
import type { Client, Ready, Spent } from "./protocol.ts"

const count = Number(process.argv[2])
const authority = await createAuthority({ name: "bench authority" })
const san = ["localhost", { ip: "127.0.0.1" }]
const identity = await authority.issue({ name: "localhost", usage: "server", san })
const tls = { key: identity.privateKeyPem, cert: identity.pem }
const { leaves, clients } = await issue(count)
const handler: RequestListener = (_request, response) => {
  response.end("ok")
}

const guards = {
  leaf: guardOf({
    apis: [
      {
        apiId: "api",
        staticMtls: { leaves: leaves.map(({ sha256 }) => sha256), anchors: [] },
        identity: { _tag: "keyless" },
      },
    ],
  }),
  chain: guardOf({
    apis: [
      {
        apiId: "api",
        staticMtls: { leaves: [], anchors: [authority.sha256] },
        identity: { _tag: "keyless" },
        authorities: [authority.der],
      },
    ],
  }),
}

let added: number[] = []
const ports: Ready["ports"] = {
  "bare.leaf": await listen(createServer(createServerOptions(tls), handler)),
  "guarded.leaf": await listen(timed(guards.leaf)),
  "bare.chain": await listen(createServer(createServerOptions(tls), handler)),
  "guarded.chain": await listen(timed(guards.chain)),
}

let used = process.cpuUsage()
const ready: Ready = { ports, clients }
work(import.meta.url, ready, (): Spent => {
  const { user, system } = process.cpuUsage(used)
  const spent = { cpu: user + system, added }
  added = []
  used = process.cpuUsage()
  return spent
})

/** No two clients share a certificate, nor an issuer: each is a first sight of both. */
async function issue(
  count: number,
): Promise<{ readonly leaves: readonly Issued[]; readonly clients: Ready["clients"] }> {
  const key = await sharedKey("P-256")
  const leaves: Issued[] = []
  const clients: Client[] = []
  for (let i = 0; i < count; i++) {
    const issuer = await authority.issueAuthority({ name: `issuer ${i}` })
    const leaf = await issuer.issue({ name: `client ${i}`, key })
    leaves.push(leaf)
    clients.push({ leaf: leaf.pem, chain: leaf.chainPem(issuer), key: leaf.privateKeyPem })
  }
  return { leaves, clients }
}

/** What `protect` does, with a clock around it: nothing in it waits, so that time is CPU. */
function timed(guard: Guard): Server {
  const gate = createGate(guard)
  const spent = new WeakMap<object, number>()
  const server = createServer(createServerOptions(tls), (request, response) => {
    const start = process.hrtime.bigint()
    const verdict = judge(gate, request)
    if (verdict instanceof Promise || verdict._tag === "Deny") throw new Error("it is allowed")
    admit(gate, request, verdict)
    added.push(microsecondsSince(start) + (spent.get(request.socket) ?? 0))
    handler(request, response)
  })
  server.prependListener("secureConnection", (socket: TLSSocket) => {
    const start = process.hrtime.bigint()
    connectionOf(socket)
    spent.set(socket, microsecondsSince(start))
  })
  return server
}

function microsecondsSince(start: bigint): number {
  return Number(process.hrtime.bigint() - start) / 1000
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return (server.address() as AddressInfo).port
}
