import type { SectionName } from "./results/result.ts"

export interface Goal {
  readonly section: SectionName
  readonly what: string
  readonly unit: string
  readonly limit: number
  readonly sense: "most" | "least"
}

const most = (section: SectionName, what: string, limit: number, unit: string): Goal => ({
  section,
  what,
  limit,
  unit,
  sense: "most",
})

const least = (section: SectionName, what: string, limit: number): Goal => ({
  section,
  what,
  limit,
  unit: "times",
  sense: "least",
})

/** What the project promises, by id. A limit changes only with a reason in the commit. */
export const goals = {
  "decide.unbound": most("decide", "`decide` without binding", 100, "ns"),
  "decide.unbound.ratio": most("decide", "`decide` without binding, to the floor", 5, "times"),
  "decide.bound": most("decide", "`decide` with ten bindings", 200, "ns"),
  "decide.bound.ratio": most("decide", "`decide` with ten bindings, to the floor", 10, "times"),
  "decide.p99": most("decide", "p99 of single calls, the worst request", 1000, "ns"),
  "decide.denial": most("decide", "a denial to the Allow of its kind, the worst", 1.5, "times"),
  "decide.bytes": most("decide", "allocated by a decision, the worst", 160, "bytes"),
  "peers.casl": least("decide", "faster than CASL", 4),
  "peers.casbin.one": least("decide", "faster than casbin, sync, one policy", 15),
  "peers.casbin.ten": least("decide", "faster than casbin, sync, ten policies", 60),
  "peers.json-rules": least("decide", "faster than json-rules-engine", 60),
  "peers.cedar": least("decide", "faster than cedar-wasm, preparsed", 250),
  "paths.first.P-256": most("paths", "leaf and intermediate at first sight, P-256", 0.5, "ms"),
  "paths.first.RSA-2048": most(
    "paths",
    "leaf and intermediate at first sight, RSA-2048",
    0.5,
    "ms",
  ),
  "paths.first.Ed25519": most("paths", "leaf and intermediate at first sight, Ed25519", 0.5, "ms"),
  "paths.pkijs.P-256": least("paths", "faster than pkijs at first sight, P-256", 6),
  "paths.pkijs.RSA-2048": least("paths", "faster than pkijs at first sight, RSA-2048", 6),
  "paths.seen": most("paths", "a chain seen before, on a new connection", 5, "µs"),
  "paths.unknown": most(
    "paths",
    "refusing an unknown certificate, API without authorities",
    3,
    "µs",
  ),
  "paths.anchors": most("paths", "10 000 anchors to 10", 1.3, "times"),
  "request.node": most("request", "added CPU a request, node:https", 1, "µs"),
  "request.fastify.http1": most("request", "added CPU a request, Fastify over HTTP/1.1", 1.5, "µs"),
  "request.fastify.http2": most("request", "added CPU a request, Fastify over HTTP/2", 1.5, "µs"),
  "request.koa": most("request", "added CPU a request, Koa", 1.5, "µs"),
  "connection.seen.leaf": most(
    "connection",
    "added to a full handshake, a listed leaf seen before",
    5,
    "%",
  ),
  "connection.seen.chain": most(
    "connection",
    "added to a full handshake, leaf and intermediate seen before",
    5,
    "%",
  ),
  "connection.first": most(
    "connection",
    "added to a full handshake, first sight of a chain",
    30,
    "%",
  ),
  "growth.bytes": most("growth", "an entry of an allow list of 1 000 000", 64, "bytes"),
  "growth.decision": most("growth", "a decision with an allow list of 1 000 000", 250, "ns"),
  "size.decide": most("size", "`decide` alone, minified and gzipped", 4096, "bytes"),
  "size.engine.import": most("size", "import of @countersign/engine", 8, "ms"),
} as const satisfies Readonly<Record<string, Goal>>

export type GoalId = keyof typeof goals

export function isKept({ limit, sense }: Goal, measured: number): boolean {
  return sense === "most" ? measured <= limit : measured >= limit
}

export function limitText({ limit, sense, unit }: Goal): string {
  return `${sense === "most" ? "≤" : "≥"} ${limit} ${unit}`
}
