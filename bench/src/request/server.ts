import type { AddressInfo } from "node:net"
import { work } from "../measure/worker.ts"
import { createHost } from "./hosts.ts"
import { type HostName, hostNames, passages, type Ready, type Used } from "./protocol.ts"
import { createIdentities, guardsFor, target, token } from "./world.ts"

const identities = await createIdentities()
const { server, clients } = identities
const [client] = clients
const tls = { key: server.privateKeyPem, cert: server.pem }
const guards = guardsFor(identities)

const entries = await Promise.all(
  hostNames.map(async (name) => {
    const [none, one, many] = await Promise.all(passages.map((runs) => listen(name, runs)))
    return [name, { 0: none, 1: one, 33: many }]
  }),
)
const ready: Ready = {
  ports: Object.fromEntries(entries),
  client: { cert: client?.pem ?? "", key: client?.privateKeyPem ?? "" },
  target,
  token,
}
work(import.meta.url, ready, (): Used => {
  const { user, system } = process.cpuUsage()
  return { cpu: user + system }
})

async function listen(name: HostName, runs: number): Promise<number> {
  const each = Array.from({ length: runs }, (_, i) => guards[i % 2 === 0 ? 0 : 1])
  const host = await createHost(name, tls, each)
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve))
  return (host.address() as AddressInfo).port
}
