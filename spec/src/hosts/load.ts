import { type ClientHttp2Session, connect } from "node:http2"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { createGuard } from "@countersign/guard"
import { type Certificates, createCertificates } from "./certificates.ts"
import { open, statuses } from "./converse.ts"
import type { Host, Running } from "./host.ts"
import { hosts } from "./index.ts"
import { generationOf } from "./world.ts"

/**
 * Opens 2 000 connections at once with a certificate and a request on each, ten times, and compares
 * the heap after the first and the last time: `npx tsx --conditions=@countersign/source
 * spec/src/hosts/load.ts Fastify`. Exits with 1 if it grew by more than 20 MB.
 */
const atOnce = 2_000
const handshakesAtOnce = 100
const times = 10
const most = 20

const [name = "node:https"] = process.argv.slice(2)
const host = hosts.find((one) => one.name === name)
if (host === undefined) throw new TypeError(`hosts: ${hosts.map((one) => one.name).join(", ")}`)
const grown = await grow(host)
console.log(`${name}: ${grown.toFixed(1)} MB more after ${times * atOnce} connections`)
process.exitCode = grown > most ? 1 : 0

async function grow(tried: Host): Promise<number> {
  const certificates = await createCertificates(Date.now())
  const world = { apis: [{ path: "/", identity: "keyless", list: ["root"] }] } as const
  const { server } = certificates
  const guard = createGuard(generationOf(world, certificates))
  const tls = { key: server.privateKeyPem, cert: server.pem }
  const { port, close, server: listening } = await tried.start(guard, tls)
  const heaps: number[] = []
  for (let i = 0; i < times; i++) {
    await wave(tried, port, certificates)
    await drained(listening)
    heaps.push(heap())
    console.log(`${(i + 1) * atOnce} connections: ${heaps[i]?.toFixed(1)} MB`)
  }
  await close()
  return (heaps.at(-1) ?? 0) - (heaps[0] ?? 0)
}

async function wave({ http }: Host, port: number, certificates: Certificates): Promise<void> {
  const { indirect, intermediate } = certificates
  const client = { cert: indirect.chainPem(intermediate), key: indirect.privateKeyPem }
  const one = http === 2 ? streamOver : requestOver
  const ends: (() => void)[] = []
  while (ends.length < atOnce) {
    const batch = Array.from({ length: handshakesAtOnce }, () => one(port, client))
    ends.push(...(await Promise.all(batch)))
  }
  for (const end of ends) end()
}

/** What a connection that is not closed yet holds is no leak. */
async function drained(server: Running["server"]): Promise<void> {
  const count = (): Promise<number> =>
    new Promise((resolve, reject) => {
      server.getConnections((error, open) => (error === null ? resolve(open) : reject(error)))
    })
  while ((await count()) > 0) await new Promise((resolve) => setImmediate(resolve))
}

type Client = { readonly cert: string; readonly key: string }

async function requestOver(port: number, client: Client): Promise<() => void> {
  const socket = await open(port, client)
  expectOk((await statuses(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 1))[0])
  return () => socket.destroy()
}

async function streamOver(port: number, client: Client): Promise<() => void> {
  const url = `https://127.0.0.1:${port}`
  const session: ClientHttp2Session = connect(url, { rejectUnauthorized: false, ...client })
  const status = await new Promise((resolve, reject) => {
    session.on("error", reject)
    const stream = session.request({ ":path": "/" })
    stream.on("error", reject)
    stream.on("response", (headers) => resolve(String(headers[":status"])))
    stream.resume()
  })
  expectOk(status)
  return () => session.destroy()
}

function expectOk(status: unknown): void {
  if (status !== "200") throw new Error(`a client with a certificate was answered ${status}`)
}

/** In megabytes, after collecting what nobody holds. */
function heap(): number {
  setFlagsFromString("--expose-gc")
  const collect: unknown = runInNewContext("gc")
  if (typeof collect === "function") collect()
  return process.memoryUsage().heapUsed / 1e6
}
