import { decide } from "@countersign/engine"
import { type DecisionCase, decisionCases } from "../decide/cases.ts"
import { comparison } from "../decide/peers.ts"
import { decisionSubject, floorSubject } from "../decide/subjects.ts"
import { bytesFlags } from "../measure/bytes.ts"
import { messageOf, start } from "../measure/child.ts"
import { interleave, type Subject } from "../measure/interleave.ts"
import { singleCalls } from "../measure/single-calls.ts"
import { median, ratios } from "../measure/statistics.ts"
import { progress } from "../report/progress.ts"
import type { Findings, Table } from "../results/result.ts"
import { runSection, type SectionOptions } from "./section.ts"

async function decisions(options: SectionOptions): Promise<Findings> {
  const cases = decisionCases()
  cases.forEach(checkAnswers)
  const bytes = await messageOf<Record<string, number>>(start("decide/bytes.js", [], bytesFlags))
  const own = await ownCosts(cases, bytes, options)
  const others = await otherEngines(options)
  return {
    tables: [own.table, others.table],
    measured: { ...own.measured, ...others.measured },
  }
}

function checkAnswers({ name, policy, requests, expected }: DecisionCase): void {
  for (const request of requests) {
    const verdict = decide(policy, request)
    const answer = verdict._tag === "Allow" ? "Allow" : verdict.reason
    if (answer !== expected) throw new Error(`${name}: ${answer} instead of ${expected}`)
  }
}

const FLOOR = "floor"

async function ownCosts(
  cases: readonly DecisionCase[],
  bytes: Readonly<Record<string, number>>,
  { quick }: SectionOptions,
): Promise<{ readonly table: Table; readonly measured: Findings["measured"] }> {
  const subjects = [floorSubject(FLOOR), ...cases.map(decisionSubject)]
  const times = await interleave(subjects, {
    rounds: quick ? 101 : 1001,
    calls: 2000,
    progress: progress("decide"),
  })
  const floor = times.get(FLOOR) ?? []
  const rows = subjects.map((subject) => ({
    name: subject.name,
    ns: median(times.get(subject.name) ?? []),
    ratio: median(ratios(times.get(subject.name) ?? [], floor)),
    p99: singleCalls(subject, quick ? 20_000 : 200_000, 0.99),
    bytes: bytes[subject.name] ?? Number.NaN,
  }))
  const row = (name: string) => rows.find((one) => one.name === name) ?? failed(name)
  const unbound = row("allow list of 10, token: allow")
  const bound = row("allow list of 10, token with ten bindings: allow")
  const denials = cases
    .filter(({ expected }) => expected !== "Allow")
    .map(({ name }) => median(ratios(times.get(name) ?? [], times.get(allowOf(name)) ?? [])))
  const decided = rows.filter(({ name }) => name !== FLOOR)
  return {
    table: {
      title: "One decision",
      about:
        "Twelve kinds of request, each as 64 different ones in turn (16 384 for the list of 100 000), " +
        "and the floor, a hand-written function for one policy: two `Set.has`, one comparison, one fresh object.",
      columns: [
        { key: "name", label: "request" },
        { key: "ns", label: "ns, median", digits: 1 },
        { key: "ratio", label: "to the floor", digits: 2 },
        { key: "p99", label: "ns, p99 of single calls" },
        { key: "bytes", label: "bytes allocated" },
      ],
      rows,
      chart: {
        id: "decide",
        title: "One decision, median",
        kind: "bars",
        x: "name",
        series: ["ns"],
        unit: "ns",
      },
    },
    measured: {
      "decide.unbound": unbound.ns,
      "decide.unbound.ratio": unbound.ratio,
      "decide.bound": bound.ns,
      "decide.bound.ratio": bound.ratio,
      "decide.p99": Math.max(...decided.map(({ p99 }) => p99)),
      "decide.denial": Math.max(...denials),
      "decide.bytes": Math.max(...decided.map((one) => one.bytes)),
    },
  }
}

function failed(name: string): never {
  throw new Error(`there is no case ${name}`)
}

function allowOf(name: string): string {
  return name.replace(/deny$/, "allow")
}

const OURS = "countersign"
const goalOf: Readonly<Record<string, string>> = {
  "@casl/ability": "peers.casl",
  "casbin, sync, one policy": "peers.casbin.one",
  "casbin, sync, 10 policies": "peers.casbin.ten",
  "json-rules-engine": "peers.json-rules",
  "@cedar-policy/cedar-wasm, preparsed": "peers.cedar",
}

async function otherEngines({
  quick,
}: SectionOptions): Promise<{ table: Table; measured: Record<string, number> }> {
  const { policy, requests, peers } = await comparison()
  const ours = decisionSubject({ name: OURS, policy, requests, expected: "Allow" })
  const subjects: Subject[] = [ours, ...peers]
  const times = await interleave(subjects, {
    rounds: quick ? 11 : 101,
    calls: 20_000,
    progress: progress("other engines"),
  })
  const own = times.get(OURS) ?? []
  const rows = subjects.map(({ name }) => ({
    name,
    ns: median(times.get(name) ?? []),
    ratio: median(ratios(times.get(name) ?? [], own)),
  }))
  const measured = Object.fromEntries(
    rows.flatMap(({ name, ratio }) => (goalOf[name] === undefined ? [] : [[goalOf[name], ratio]])),
  )
  return {
    table: {
      title: "The same rule in other engines",
      about:
        "An allow list of ten and a token bound to its certificate, eleven conditions, written in each " +
        "engine's own terms with everything parsed and built before; all give the same answers to an " +
        "allowed request and to eleven that fail one condition each.",
      columns: [
        { key: "name", label: "engine" },
        { key: "ns", label: "ns, median" },
        { key: "ratio", label: "times as long", digits: 1 },
      ],
      rows,
      chart: {
        id: "peers",
        title: "The same rule in other engines, median",
        kind: "bars",
        x: "name",
        series: ["ns"],
        unit: "ns",
        isLogarithmic: true,
      },
    },
    measured,
  }
}

await runSection(decisions)
