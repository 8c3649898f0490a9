import type { AddressInfo } from "node:net"
import { createHost, type HostName, hostNames } from "./hosts.ts"
import { createIdentities, guardFor, target, token } from "./world.ts"

/** How often a request passes the guard: never, once, and often enough to see what one passage costs. */
export const passages = [0, 1, 33] as const
export type Passages = (typeof passages)[number]

/** What the process says when its servers listen. */
export interface Ready {
  readonly ports: Readonly<Record<HostName, Readonly<Record<Passages, number>>>>
  readonly client: { readonly cert: string; readonly key: string }
  readonly target: string
  readonly token: string
}

/** Microseconds of CPU this process has used; the answer to any message. */
export interface Used {
  readonly cpu: number
}

const identities = await createIdentities()
const { server, clients } = identities
const [client] = clients
const tls = { key: server.privateKeyPem, cert: server.pem }
const pair = [guardFor(identities), guardFor(identities)] as const

async function listen(name: HostName, runs: number): Promise<number> {
  const guards = Array.from({ length: runs }, (_, i) => (i % 2 === 0 ? pair[0] : pair[1]))
  const host = await createHost(name, tls, guards)
  await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve))
  return (host.address() as AddressInfo).port
}

const entries = await Promise.all(
  hostNames.map(async (name) => {
    const [none, one, many] = await Promise.all(passages.map((runs) => listen(name, runs)))
    return [name, { 0: none, 1: one, 33: many }]
  }),
)

process.on("message", () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpu: user + system } satisfies Used)
})
process.send?.({
  ports: Object.fromEntries(entries),
  client: { cert: client?.pem ?? "", key: client?.privateKeyPem ?? "" },
  target,
  token,
} satisfies Ready)
