import { Connection } from "@countersign/guard"
import { createAuthority, type Issued, sharedKey } from "@countersign/pki"
import { digest } from "../decide/world.ts"
import { guardOf } from "../guard/world.ts"
import { interleave } from "../measure/interleave.ts"
import { median, ratios } from "../measure/statistics.ts"
import { progress } from "../report/progress.ts"
import { checking, factsOf, host } from "./checks.ts"
import { DIFFERENT, isQuick, tell } from "./part.ts"
import { each, weighAll } from "./weigh-all.ts"

/** APIs of one host, each with an allow list of ten; every request is for another than the one before. */
const sizes = isQuick ? [10, 1000] : [10, 100, 1000, 10_000]
const CLIENTS = 64

const authority = await createAuthority({ name: "growth authority" })
const key = await sharedKey("P-256")
const clients: Issued[] = []
for (let i = 0; i < CLIENTS; i++) clients.push(await authority.issue({ name: `client ${i}`, key }))
const connections = clients.map(
  ({ der }) => new Connection({ encrypted: true, serverName: host, chain: [der] }),
)

const worlds = weighAll(sizes, (size) => {
  const apis = Array.from({ length: size }, (_, i) => ({
    apiId: `api-${i}`,
    staticMtls: { leaves: [clientOf(i)?.sha256 ?? "", ...others(i)], anchors: [] },
    identity: { _tag: "keyless" } as const,
  }))
  return () => guardOf({ apis })
}).map(({ size, made, bytes, milliseconds }) => {
  const asked = Array.from({ length: DIFFERENT }, (_, i) => {
    const api = (i * 7919) % size
    const connection = connections[api % CLIENTS]
    if (connection === undefined) throw new Error("there is a connection for every client")
    return factsOf(connection, `/api-${api}/orders/${i}`)
  })
  return { size, bytes, milliseconds, subject: checking(String(size), made, asked) }
})

const times = await interleave(
  worlds.map(({ subject }) => subject),
  {
    rounds: isQuick ? 11 : 601,
    calls: 512,
    warmUp: DIFFERENT * 2,
    progress: progress("growth, APIs"),
  },
)
const smallest = times.get("10") ?? []
tell({
  table: {
    title: "APIs of one host",
    about:
      `\`Guard.check\` with routes to that many APIs, ${CLIENTS} connections, every request with another ` +
      "path and for another API than the one before; each API has an allow list of ten.",
    columns: [
      { key: "size", label: "APIs" },
      { key: "ns", label: "a request, ns" },
      { key: "ratio", label: "to ten APIs", digits: 2 },
      { key: "bytes", label: "bytes an API" },
      { key: "load", label: "load, ms", digits: 1 },
    ],
    rows: worlds.map(({ size, bytes, milliseconds }) => ({
      size,
      ns: median(times.get(String(size)) ?? []),
      ratio: median(ratios(times.get(String(size)) ?? [], smallest)),
      bytes: each(bytes, size),
      load: milliseconds,
    })),
    chart: {
      id: "growth-apis",
      title: "One request as the APIs grow, median",
      kind: "lines",
      x: "size",
      series: ["ns"],
      unit: "ns",
    },
  },
  measured: {},
})

function clientOf(i: number): Issued | undefined {
  return clients[i % CLIENTS]
}

function others(i: number): string[] {
  return Array.from({ length: 9 }, (_, other) => digest(`${i} ${other}`))
}
