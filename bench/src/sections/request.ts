import type { ChildProcess } from "node:child_process"
import { start } from "../measure/child.ts"
import { median, ratios } from "../measure/statistics.ts"
import { ask, hello } from "../measure/worker.ts"
import { progress } from "../report/progress.ts"
import { guardAlone } from "../request/alone.ts"
import {
  type HostName,
  hostNames,
  type Load,
  type Loaded,
  type Passages,
  passages,
  type Ready,
  type Used,
} from "../request/protocol.ts"
import type { Findings, Table } from "../results/result.ts"
import { runSection, type SectionOptions } from "./section.ts"

type Part = { readonly table: Table; readonly measured: Record<string, number> }

async function requests(options: SectionOptions): Promise<Findings> {
  const passage = await guardAlone(options)
  const server = start("request/server.js")
  const client = start("request/load.js")
  try {
    const [ready] = await Promise.all([hello<Ready>(server), hello<object>(client)])
    const samples = await hosts(options, ready, (load) => measured(server, client, load))
    const part = added(samples)
    return { tables: [part.table, passage], measured: part.measured }
  } finally {
    server.kill()
    client.kill()
  }
}

interface Sample extends Loaded {
  /** Microseconds of server CPU a request. */
  readonly cpu: number
  readonly perSecond: number
}

type Samples = ReadonlyMap<HostName, ReadonlyMap<Passages, readonly Sample[]>>

const CONNECTIONS = 10

async function hosts(
  { quick }: SectionOptions,
  ready: Ready,
  run: (load: Load) => Promise<Sample>,
): Promise<Samples> {
  const rounds = quick ? 1 : 9
  const amount = quick ? 1000 : 10_000
  const samples = new Map(
    hostNames.map((name) => [name, new Map(passages.map((runs) => [runs, [] as Sample[]]))]),
  )
  const show = progress("requests")
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    const order = round % 2 === 0 ? passages : passages.toReversed()
    for (const [name, runs] of hostNames.flatMap((host) => order.map((n) => [host, n] as const))) {
      const sample = await run(loadOf(ready, name, runs, amount))
      if (round > 0) samples.get(name)?.get(runs)?.push(sample)
    }
    show((round + 1) / (rounds + 1))
  }
  return samples
}

function loadOf(
  { ports, client, target, token }: Ready,
  name: HostName,
  runs: Passages,
  amount: number,
): Load {
  const headers = { authorization: `Bearer ${token}` }
  const load = { port: ports[name][runs], target, headers, client, connections: CONNECTIONS }
  const isHttp2 = name === "fastify.http2"
  // A client of HTTP/2 takes four times as long.
  return { ...load, isHttp2, amount: isHttp2 ? amount / 2 : amount }
}

async function measured(server: ChildProcess, client: ChildProcess, load: Load): Promise<Sample> {
  const before = await ask<Used>(server, {})
  const loaded = await ask<Loaded>(client, load)
  const after = await ask<Used>(server, {})
  const cpu = (after.cpu - before.cpu) / load.amount
  return { ...loaded, cpu, perSecond: load.amount / loaded.seconds }
}

const labels: Readonly<Record<HostName, string>> = {
  node: "node:https",
  "fastify.http1": "Fastify, HTTP/1.1",
  "fastify.http2": "Fastify, HTTP/2",
  koa: "Koa",
}

/** One passage is the slope between 1 and 33 of them; a difference of single runs drowns in noise. */
function added(samples: Samples): Part {
  const rows = hostNames.map((name) => {
    const of = (runs: Passages, key: keyof Sample): number[] =>
      (samples.get(name)?.get(runs) ?? []).map((sample) => sample[key])
    const one = of(1, "cpu")
    const slopes = of(33, "cpu").map((many, i) => (many - (one[i] ?? Number.NaN)) / 32)
    return {
      name,
      label: labels[name],
      bare: median(of(0, "cpu")),
      one: median(one),
      slope: median(slopes),
      share: median(ratios(slopes, of(0, "cpu"))) * 100,
      bareRate: median(of(0, "perSecond")),
      rate: median(of(1, "perSecond")),
      p50: median(of(1, "p50")),
      p99: median(of(1, "p99")),
    }
  })
  return {
    table: {
      title: "A request on a live connection",
      about:
        "Mutual TLS, keep-alive, ten connections, an allow list of ten and a token bound to its certificate, " +
        "sessions in memory, load from another process. Added CPU is the slope between 1 and 33 passages " +
        "through the adapter within one request.",
      columns: [
        { key: "label", label: "host" },
        { key: "bare", label: "bare, µs CPU", digits: 1 },
        { key: "one", label: "guarded, µs CPU", digits: 1 },
        { key: "slope", label: "added, µs CPU", digits: 2 },
        { key: "share", label: "added, % of bare", digits: 1 },
        { key: "bareRate", label: "bare, requests/s" },
        { key: "rate", label: "guarded, requests/s" },
        { key: "p50", label: "guarded p50, µs" },
        { key: "p99", label: "guarded p99, µs" },
      ],
      rows,
      chart: {
        id: "request",
        title: "Server CPU of a request, median",
        kind: "bars",
        x: "label",
        series: ["bare", "slope"],
        unit: "µs",
      },
    },
    measured: Object.fromEntries(rows.map(({ name, slope }) => [`request.${name}`, slope])),
  }
}

await runSection(requests)
