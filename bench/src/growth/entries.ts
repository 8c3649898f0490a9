import { decide, type Policy, type Request } from "@countersign/engine"
import { kept } from "../decide/subjects.ts"
import { digest, policyOf, requestOf } from "../decide/world.ts"
import { interleave, type Subject } from "../measure/interleave.ts"
import { median, ratios } from "../measure/statistics.ts"
import { progress } from "../report/progress.ts"
import { DIFFERENT, isQuick, tell } from "./part.ts"
import { each, weighAll } from "./weigh-all.ts"

/** An allow list from ten to a million certificates. */
const sizes = isQuick ? [10, 1000, 100_000] : [10, 100, 1000, 10_000, 100_000, 1_000_000]
const largest = Math.max(...sizes)

const hex = Array.from({ length: largest }, (_, i) => digest(i))
/** So few requests at a time that a processor's caches keep them, as they keep one that has just come in. */
const SLICE = 256

const lists = weighAll(sizes, (size) => {
  const leaves = hex.slice(0, size)
  return () => policyOf({ staticMtls: { leaves, anchors: [] } })
}).map(({ size, made, ...weight }) => ({
  size,
  policy: made,
  ...weight,
}))

// A stride that shares no factor with the sizes reaches entries all over the list.
const subjects = lists.flatMap(({ size, policy }) => [
  subject(`${size} allow`, policy, (i) => hex[(i * 7919) % size] ?? "", "Allow"),
  subject(`${size} deny`, policy, (i) => digest(`stranger ${i}`), "Deny"),
])
const times = await interleave(subjects, {
  rounds: isQuick ? 11 : DIFFERENT / SLICE,
  calls: SLICE,
  warmUp: isQuick ? SLICE : SLICE * 200,
  progress: progress("growth, allow list"),
})
const rows = lists.map(({ size, bytes, milliseconds }) => ({
  size,
  allow: of(size, "allow"),
  deny: of(size, "deny"),
  ratio: median(ratios(samples(size, "allow"), samples(10, "allow"))),
  bytes: each(bytes, size),
  load: milliseconds,
}))
const last = rows.at(-1)
tell({
  table: {
    title: "Certificates in an allow list",
    about:
      `\`decide\` for ${DIFFERENT} different certificates at every size, in requests made just before: listed ` +
      "ones from all over the list, and strangers. Memory and load time are those of `policy()`.",
    columns: [
      { key: "size", label: "entries" },
      { key: "allow", label: "allow, ns" },
      { key: "deny", label: "deny, ns" },
      { key: "ratio", label: "allow, to ten entries", digits: 2 },
      { key: "bytes", label: "bytes an entry" },
      { key: "load", label: "load, ms", digits: 1 },
    ],
    rows,
    chart: {
      id: "growth-entries",
      title: "One decision as the allow list grows, median",
      kind: "lines",
      x: "size",
      series: ["allow", "deny"],
      unit: "ns",
    },
  },
  measured: {
    "growth.bytes": last?.bytes ?? Number.NaN,
    "growth.decision": Math.max(last?.allow ?? Number.NaN, last?.deny ?? Number.NaN),
  },
})

function subject(
  name: string,
  policy: Policy,
  leafAt: (i: number) => string,
  expected: "Allow" | "Deny",
): Subject {
  let next = 0
  let asked: Request[] = []
  return {
    name,
    prepare: (calls) => {
      asked = Array.from({ length: calls }, () => requestOf({ leaf: leafAt(next++) }))
    },
    run: () => {
      for (const request of asked) {
        const verdict = decide(policy, request)
        if (verdict._tag !== expected) throw new Error(`${name}: a request is not decided so`)
        kept.verdict = verdict
      }
    },
  }
}

function samples(size: number, answer: "allow" | "deny"): readonly number[] {
  return times.get(`${size} ${answer}`) ?? []
}

function of(size: number, answer: "allow" | "deny"): number {
  return median(samples(size, answer))
}
