import { Connection, type KnownSession } from "@countersign/guard"
import { createAuthority } from "@countersign/pki"
import { digest } from "../decide/world.ts"
import { guardOf, knownSession } from "../guard/world.ts"
import { interleave } from "../measure/interleave.ts"
import { median, ratios } from "../measure/statistics.ts"
import { progress } from "../report/progress.ts"
import { checking, factsOf, host } from "./checks.ts"
import { DIFFERENT, isQuick, tell } from "./part.ts"
import { each, weighAll } from "./weigh-all.ts"

/** Sessions in memory, from ten to a million: the whole of `Guard.check`, another token each time. */
const sizes = isQuick ? [10, 1000, 100_000] : [10, 100, 1000, 10_000, 100_000, 1_000_000]

const authority = await createAuthority({ name: "growth authority" })
const leaf = await authority.issue({ name: "client" })
const connection = new Connection({ encrypted: true, serverName: host, chain: [leaf.der] })

const worlds = weighAll(sizes, (size) => {
  const sessions = Array.from({ length: size }, (_, i) => sessionOf(i))
  return () => guardWith(sessions)
}).map(({ size, made, bytes, milliseconds }) => {
  const asked = Array.from({ length: DIFFERENT }, (_, i) =>
    factsOf(connection, "/orders/1", `Bearer ${keyOf((i * 7919) % size)}`),
  )
  return { size, bytes, milliseconds, subject: checking(String(size), made, asked) }
})

const times = await interleave(
  worlds.map(({ subject }) => subject),
  {
    rounds: isQuick ? 11 : 601,
    calls: 512,
    warmUp: DIFFERENT * 2,
    progress: progress("growth, sessions"),
  },
)
const smallest = times.get("10") ?? []
tell({
  table: {
    title: "Sessions in memory",
    about:
      "`Guard.check` on one connection with a listed certificate, every request with another token than the " +
      "one before; each session is bound to a certificate and has rights to three APIs.",
    columns: [
      { key: "size", label: "sessions" },
      { key: "ns", label: "a request, ns" },
      { key: "ratio", label: "to ten sessions", digits: 2 },
      { key: "bytes", label: "bytes a session" },
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
      id: "growth-sessions",
      title: "One request as the sessions grow, median",
      kind: "lines",
      x: "size",
      series: ["ns"],
      unit: "ns",
    },
  },
  measured: {},
})

function keyOf(i: number): string {
  return digest(`session ${i}`).slice(0, 32)
}

function sessionOf(i: number): KnownSession {
  return knownSession(keyOf(i), {
    apis: ["invoices", "orders", "stock"],
    bindings: [leaf.sha256],
  })
}

function guardWith(sessions: readonly KnownSession[]) {
  return guardOf({
    apis: [
      {
        apiId: "orders",
        staticMtls: { leaves: [leaf.sha256], anchors: [] },
        identity: { _tag: "authToken", certificate: false },
      },
    ],
    sessions,
    enrolled: [leaf.sha256],
  })
}
