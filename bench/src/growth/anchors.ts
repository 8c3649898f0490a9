import { createTrust, type Trust } from "@countersign/guard"
import { createAuthority } from "@countersign/pki"
import { verifyPaths } from "@countersign/x509/node"
import { interleave, type Subject } from "../measure/interleave.ts"
import { median, ratios } from "../measure/statistics.ts"
import { type Chain, chainsOf } from "../paths/chains.ts"
import { progress } from "../report/progress.ts"
import { isQuick, tell } from "./part.ts"
import { renamed, templateName } from "./renamed.ts"
import { each, weighAll } from "./weigh-all.ts"

/** Authorities of one API, all of different names; the chain's root is one of them. */
const sizes = isQuick ? [10, 1000] : [10, 100, 1000, 10_000]
const now = Date.now()

const { root, chains } = await chainsOf("P-256", 64)
const other = await createAuthority({ name: templateName("authority") })

const worlds = weighAll(sizes, (size) => {
  const anchors = [
    root.der,
    ...Array.from({ length: size - 1 }, (_, i) => renamed(other.der, i + 1)),
  ]
  return () => createTrust({ anchors })
}).map(({ size, made, bytes, milliseconds }) => ({
  size,
  bytes,
  milliseconds,
  subject: examining(String(size), made, chains),
}))

const times = await interleave(
  worlds.map(({ subject }) => subject),
  { rounds: isQuick ? 11 : 601, calls: 4, warmUp: 2000, progress: progress("growth, anchors") },
)
const smallest = times.get("10") ?? []
tell({
  table: {
    title: "Trusted authorities of one API",
    about:
      "A leaf and its intermediate read and validated to one trusted root among others, the issuers' keys " +
      "known. A connection pays this at first sight; its later requests read the answer that was kept.",
    columns: [
      { key: "size", label: "authorities" },
      { key: "us", label: "a chain, µs", digits: 1 },
      { key: "ratio", label: "to ten authorities", digits: 2 },
      { key: "bytes", label: "bytes an authority" },
      { key: "load", label: "load, ms", digits: 1 },
    ],
    rows: worlds.map(({ size, bytes, milliseconds }) => ({
      size,
      us: median(times.get(String(size)) ?? []) / 1000,
      ratio: median(ratios(times.get(String(size)) ?? [], smallest)),
      bytes: each(bytes, size),
      load: milliseconds,
    })),
    chart: {
      id: "growth-anchors",
      title: "A chain at first sight as the authorities grow, median",
      kind: "lines",
      x: "size",
      series: ["us"],
      unit: "µs",
    },
  },
  measured: {},
})

function examining(name: string, { anchors }: Trust, shown: readonly Chain[]): Subject {
  let next = 0
  return {
    name,
    run: (calls) => {
      for (let call = 0; call < calls; call++) {
        const { leaf, intermediate } = shown[next++ % shown.length] ?? {}
        if (leaf === undefined || intermediate === undefined) return
        const { paths } = verifyPaths(leaf.der, [intermediate.der], anchors, { now })
        if (paths.length !== 1) throw new Error("there is a path, and it was not found")
      }
    },
  }
}
