import type { ChildProcess } from "node:child_process"
import {
  type Connected,
  type Connections,
  type Ready,
  type ServerName,
  type Spent,
  serverNames,
} from "../connection/protocol.ts"
import { start } from "../measure/child.ts"
import { median, ratios } from "../measure/statistics.ts"
import { ask, hello } from "../measure/worker.ts"
import { progress } from "../report/progress.ts"
import type { Findings, Table } from "../results/result.ts"
import { runSection, type SectionOptions } from "./section.ts"

/** Every client connects three times: at first sight, seen before, and with its TLS session. */
const visits = ["first", "seen", "resumed"] as const
type Visit = (typeof visits)[number]

interface Sample {
  /** Microseconds of server CPU a connection. */
  readonly cpu: number
  /** Microseconds in the adapter and the guard, the median connection; 0 without them. */
  readonly added: number
}

type Samples = Readonly<Record<ServerName, Readonly<Record<Visit, Sample[]>>>>

async function connections({ quick }: SectionOptions): Promise<Findings> {
  const rounds = quick ? 2 : 8
  const each = quick ? 20 : 100
  // The first round only warms up.
  const server = start("connection/server.js", [String((rounds + 1) * each)])
  const clients = start("connection/clients.js")
  try {
    const [ready] = await Promise.all([hello<Ready>(server), hello<object>(clients)])
    await ask<Connected>(clients, ready.clients)
    const samples = noSamples()
    const show = progress("connections")
    for (let round = 0; round <= rounds; round++) {
      const order = round % 2 === 0 ? serverNames : serverNames.toReversed()
      const range = { from: round * each, to: (round + 1) * each }
      // Between the visits of one server come those of the others, as they would in a service.
      for (const [visit, name] of visits.flatMap((v) => order.map((one) => [v, one] as const))) {
        const isResumed = visit === "resumed"
        const hasChain = name.endsWith("chain")
        const question = { port: ready.ports[name], ...range, hasChain, isResumed }
        const sample = await connect(server, clients, question)
        if (round > 0) samples[name][visit].push(sample)
      }
      show((round + 1) / (rounds + 1))
    }
    return findings(samples)
  } finally {
    server.kill()
    clients.kill()
  }
}

async function connect(
  server: ChildProcess,
  clients: ChildProcess,
  question: Connections,
): Promise<Sample> {
  const each = question.to - question.from
  await ask<Spent>(server, {})
  const { resumed } = await ask<Connected>(clients, question)
  if (resumed !== (question.isResumed ? each : 0)) throw new Error(`${resumed} of ${each} resumed`)
  const { cpu, added } = await ask<Spent>(server, {})
  return { cpu: cpu / each, added: added.length === 0 ? 0 : median(added) }
}

function noSamples(): Samples {
  const none = () => ({ first: [], seen: [], resumed: [] })
  return {
    "bare.leaf": none(),
    "guarded.leaf": none(),
    "bare.chain": none(),
    "guarded.chain": none(),
  }
}

/** What is presented, and what the allow list has of it. */
const kinds = ["leaf", "chain"] as const
type Kind = (typeof kinds)[number]

const kindLabels: Readonly<Record<Kind, string>> = {
  leaf: "a leaf that is listed",
  chain: "leaf and intermediate, authority listed",
}

const visitLabels: Readonly<Record<Visit, string>> = {
  first: "full, first sight",
  seen: "full, seen before",
  resumed: "resumed",
}

interface Row {
  readonly kind: Kind
  readonly visit: Visit
  /** Microseconds of server CPU without us. */
  readonly bare: number
  readonly guarded: number
  readonly added: number
  /** Percent of a full handshake of the same kind without us. */
  readonly share: number
}

function findings(samples: Samples): Findings {
  const rows = kinds.flatMap((kind) => visits.map((visit) => rowOf(samples, kind, visit)))
  const share = (kind: Kind, visit: Visit): number =>
    rows.find((row) => row.kind === kind && row.visit === visit)?.share ?? Number.NaN
  return {
    tables: [tableOf(rows)],
    measured: {
      "connection.seen.leaf": share("leaf", "seen"),
      "connection.seen.chain": share("chain", "seen"),
      "connection.first": share("chain", "first"),
    },
  }
}

function rowOf(samples: Samples, kind: Kind, visit: Visit): Row {
  const bare = samples[`bare.${kind}`]
  const guarded = samples[`guarded.${kind}`][visit]
  const added = guarded.map((sample) => sample.added)
  const full = bare.seen.map(({ cpu }) => cpu)
  return {
    kind,
    visit,
    bare: median(bare[visit].map(({ cpu }) => cpu)),
    guarded: median(guarded.map(({ cpu }) => cpu)),
    added: median(added),
    share: median(ratios(added, full)) * 100,
  }
}

function tableOf(rows: readonly Row[]): Table {
  return {
    title: "A new connection",
    about:
      "Mutual TLS 1.3 with P-256 keys and one request on each connection, clients in another process; " +
      "no two clients share a certificate or an issuer. Added is the time inside the adapter and the " +
      "guard, from reading the certificates off the socket to the verdict, in percent of the CPU that " +
      "the bare server spends on a full handshake with the same certificates and one request.",
    columns: [
      { key: "label", label: "presented" },
      { key: "handshake", label: "handshake" },
      { key: "bare", label: "bare, µs CPU" },
      { key: "guarded", label: "guarded, µs CPU" },
      { key: "added", label: "added, µs", digits: 1 },
      { key: "share", label: "added, % of a full one", digits: 1 },
    ],
    rows: rows.map(({ kind, visit, ...row }) => ({
      name: `${kindLabels[kind]}, ${visitLabels[visit]}`,
      label: kindLabels[kind],
      handshake: visitLabels[visit],
      ...row,
    })),
    chart: {
      id: "connection",
      title: "Server CPU of a new connection and its first request, median",
      kind: "bars",
      x: "name",
      series: ["bare", "added"],
      unit: "µs",
    },
  }
}

await runSection(connections)
