import { decide, type Policy, type Request } from "@countersign/engine"
import { decisionSubject } from "../decide/subjects.ts"
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
const strangers = requests((i) => digest(`stranger ${i}`))

const lists = weighAll(sizes, (size) => {
  const leaves = hex.slice(0, size)
  return () => policyOf({ staticMtls: { leaves, anchors: [] } })
}).map(({ size, made, ...weight }) => ({
  size,
  policy: made,
  ...weight,
  // A stride that shares no factor with the sizes reaches entries all over the list.
  listed: requests((i) => hex[(i * 7919) % size] ?? ""),
}))

const subjects = lists.flatMap(({ size, policy, listed }) => [
  subject(`${size} allow`, policy, listed, "Allow"),
  subject(`${size} deny`, policy, strangers, "Deny"),
])
const times = await interleave(subjects, {
  rounds: isQuick ? 11 : 601,
  calls: 2048,
  warmUp: DIFFERENT * 2,
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
      `\`decide\` for ${DIFFERENT} different requests at every size, each with its own objects: listed ` +
      "certificates from all over the list, and strangers. Memory and load time are those of `policy()`.",
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

function requests(leaf: (i: number) => string): readonly Request[] {
  return Array.from({ length: DIFFERENT }, (_, i) => requestOf({ leaf: leaf(i) }))
}

function subject(
  name: string,
  policy: Policy,
  asked: readonly Request[],
  expected: "Allow" | "Deny",
): Subject {
  const wrong = asked.find((request) => decide(policy, request)._tag !== expected)
  if (wrong !== undefined) throw new Error(`${name}: a request is not decided so`)
  const reason = expected === "Allow" ? expected : "mtls.cert_not_allowed"
  return decisionSubject({ name, policy, requests: asked, expected: reason })
}

function samples(size: number, answer: "allow" | "deny"): readonly number[] {
  return times.get(`${size} ${answer}`) ?? []
}

function of(size: number, answer: "allow" | "deny"): number {
  return median(samples(size, answer))
}
