import { Connection, type Guard } from "@countersign/guard"
import { floorSubject } from "../decide/subjects.ts"
import { guardOf, knownSession, orgId } from "../guard/world.ts"
import { ask } from "../measure/ask.ts"
import { messageOf, start } from "../measure/child.ts"
import { interleave, type Subject } from "../measure/interleave.ts"
import { median, ratios } from "../measure/statistics.ts"
import { progress } from "../report/progress.ts"
import { type HostName, hostNames } from "../request/hosts.ts"
import type { Load, Loaded } from "../request/load.ts"
import { type Passages, passages, type Ready, type Used } from "../request/server.ts"
import { createIdentities, token } from "../request/world.ts"
import type { Findings, Table } from "../results/result.ts"
import { runSection, type SectionOptions } from "./section.ts"

type Part = { readonly table: Table; readonly measured: Record<string, number> }

async function requests(options: SectionOptions): Promise<Findings> {
  const passage = await onePassage(options)
  const server = start("request/server.js")
  const client = start("request/load.js")
  try {
    const ready = await messageOf<Ready>(server)
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
  const rounds = quick ? 3 : 11
  const amount = quick ? 2000 : 10_000
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
  return { ...load, isHttp2: name === "fastify.http2", amount }
}

async function measured(
  server: ReturnType<typeof start>,
  client: ReturnType<typeof start>,
  load: Load,
): Promise<Sample> {
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

/** `Guard.check` alone, by what the API asks and how its tokens are written. */
async function onePassage({ quick }: SectionOptions): Promise<Table> {
  const { authority, clients } = await createIdentities()
  const listed = clients.map(({ sha256 }) => sha256)
  const id = "5d41402abc4b2a76b9719d911017c592"
  const jsonKey = Buffer.from(JSON.stringify({ org: orgId, id, h: "murmur64" })).toString("base64")
  const authToken = { _tag: "authToken", certificate: false } as const
  const bound = { bindings: listed.slice(0, 1) }
  const guard = guardOf({
    apis: [
      {
        apiId: "listed",
        staticMtls: { leaves: listed, anchors: [] },
        identity: { _tag: "keyless" },
      },
      {
        apiId: "authorities",
        staticMtls: { leaves: [], anchors: [authority.sha256] },
        identity: { _tag: "keyless" },
        authorities: [authority.der],
      },
      { apiId: "token", staticMtls: "off", identity: authToken },
      { apiId: "bound", staticMtls: { leaves: listed, anchors: [] }, identity: authToken },
      { apiId: "dynamic", staticMtls: "off", identity: { _tag: "authToken", certificate: true } },
    ],
    sessions: [
      knownSession(token, bound),
      knownSession(`${orgId}unbound0`),
      knownSession(jsonKey, bound),
      knownSession(`${orgId}${listed[0]}`, { certificate: listed[0] ?? "none" }),
    ],
    enrolled: listed,
  })
  const connection = new Connection({
    encrypted: true,
    serverName: "localhost",
    chain: clients.slice(0, 1).map(({ der }) => der),
  })
  const checks: readonly (readonly [string, string, string | undefined])[] = [
    ["allow list", "/listed/1", undefined],
    ["allow list of authorities", "/authorities/1", undefined],
    ["token", "/token/1", `${orgId}unbound0`],
    ["allow list, bound token", "/bound/1", token],
    ["allow list, bound token as base64 JSON", "/bound/1", jsonKey],
    ["certificate identifies the session", "/dynamic/1", undefined],
  ]
  const subjects = checks.map(([name, path, key]) =>
    checkSubject(name, guard, connection, path, key),
  )
  const times = await interleave([floorSubject(), heads, ...subjects], {
    rounds: quick ? 51 : 501,
    calls: 1000,
    progress: progress("passages"),
  })
  const making = times.get(heads.name) ?? []
  return {
    title: "The guard alone",
    about:
      "`Guard.check` from a request's head to the verdict, in one process without a server: routing, host, " +
      "token, sessions and enrolment in memory, decision.",
    columns: [
      { key: "name", label: "API" },
      { key: "ns", label: "ns, median" },
      { key: "ratio", label: "to the floor", digits: 1 },
    ],
    rows: subjects.map(({ name }) => {
      const own = (times.get(name) ?? []).map((ns, i) => ns - (making[i] ?? 0))
      return { name, ns: median(own), ratio: median(ratios(own, times.get("floor") ?? [])) }
    }),
  }
}

function checkSubject(
  name: string,
  guard: Guard,
  connection: Connection,
  path: string,
  key: string | undefined,
): Subject {
  return {
    name,
    run: (calls) => {
      for (let call = 0; call < calls; call++) {
        const head = headOf(path, key)
        const verdict = guard.check({ now: Date.now(), connection, head })
        if (verdict instanceof Promise || verdict._tag !== "Allow") throw new Error(name)
      }
    },
  }
}

/** What the fresh texts of a request cost, which a parser makes in a server. */
const heads: Subject = {
  name: "heads",
  run: (calls) => {
    for (let call = 0; call < calls; call++) made.head = headOf("/bound/1", token)
  },
}

const made: { head: ReturnType<typeof headOf> | undefined } = { head: undefined }

function headOf(path: string, key: string | undefined) {
  const host = fresh("localhost:8443")
  const authorization = key === undefined ? undefined : fresh(`Bearer ${key}`)
  return {
    method: "GET",
    target: fresh(path),
    authority: host,
    header: (name: string) => (name === "host" ? host : authorization),
  }
}

function fresh(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1")
}

await runSection(requests)
