import type { Examined, Finding } from "./finding.ts"
import { printable, printableJson } from "./printable.ts"
import { renderTable } from "./table.ts"
import type { Terminal } from "./terminal.ts"

/** What differs as a table, the files that run it again (or where they were written), and a line that sums up. */
export function report(
  examined: Examined,
  { columns, colours }: Terminal,
  written?: readonly string[],
): string {
  const { findings, skipped, unreached } = examined
  const summary = summaryOf(examined)
  const parts = [
    ...(findings.length === 0 ? [] : [tableOf(findings, columns)]),
    ...(written === undefined ? counterexamplesOf(findings) : writtenTo(written)),
    ...(skipped.length === 0 ? [] : [skippedOf(skipped)]),
    ...(unreached.length === 0 ? [] : [`reached by no case: ${unreached.join(", ")}`]),
    findings.length === 0 ? colours.green(summary) : colours.red(summary),
  ]
  return `${parts.join("\n\n")}\n`
}

/** One JSON object, for other programs. */
export function reportJson(examined: Examined): string {
  return `${printableJson(examined, 2)}\n`
}

function tableOf(findings: readonly Finding[], columns: number): string {
  const longest = Math.max(...findings.map(({ id }) => id.length), "differs".length)
  const first = Math.min(longest, Math.floor(columns / 2))
  const second = columns - first - 2
  return renderTable(
    [
      { title: "differs", width: first },
      { title: "what should be, and what is wrong", width: second },
    ],
    rowsOf(findings).map(([id, what]) => [breakable(id, first), breakable(what, second)]),
  )
}

/** So many findings of one message are one row: whoever is told it once knows. */
const MOST_ALIKE = 20

function rowsOf(findings: readonly Finding[]): (readonly [string, string])[] {
  const alike = new Map<string, number>()
  for (const { wrong } of findings) alike.set(wrong, (alike.get(wrong) ?? 0) + 1)
  const grouped = new Set<string>()
  return findings.flatMap(({ id, sentence, wrong }): (readonly [string, string])[] => {
    const times = alike.get(wrong) ?? 0
    if (times <= MOST_ALIKE)
      return [[printable(id), `${printable(sentence)}\n→ ${printable(wrong)}`]]
    if (grouped.has(wrong)) return []
    grouped.add(wrong)
    return [[`${printable(id)}, …`, `${times} × the same: ${printable(wrong)}`]]
  })
}

/** A word that is longer than a line would be cut: it is broken after commas, and then anywhere. */
function breakable(text: string, width: number): string {
  const pieces = new RegExp(`\\S{${width}}(?=\\S)`, "gu")
  return text.replaceAll(/\S+/gu, (word) =>
    word.length > width ? word.replaceAll(/,(?=\S)/gu, ", ").replaceAll(pieces, "$& ") : word,
  )
}

/** A subject that breaks every law would print thousands of lines. */
const MOST_PRINTED = 5

function counterexamplesOf(findings: readonly Finding[]): readonly string[] {
  const texts = findings.flatMap(({ id, counterexample }) =>
    counterexample === undefined
      ? []
      : [`${printable(id)}: a file that runs it again\n${counterexample.trimEnd()}`],
  )
  if (texts.length <= MOST_PRINTED) return texts
  const more = `${texts.length - MOST_PRINTED} more counterexamples: see --write-counterexamples`
  return [...texts.slice(0, MOST_PRINTED), more]
}

function writtenTo(paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? [] : [paths.map((path) => `written: ${printable(path)}`).join("\n")]
}

/** By reason: whoever wrote the driver knows it once. */
function skippedOf(skipped: Examined["skipped"]): string {
  const whys = [...new Set(skipped.map(({ why }) => why))]
  const lines = whys.map((why) => {
    const ids = skipped.filter((one) => one.why === why).map(({ id }) => printable(id))
    return `skipped, ${printable(why)}: ${ids.join(", ")}`
  })
  return lines.join("\n")
}

function summaryOf(examined: Examined): string {
  const { subject, findings, skipped, seconds, runs, seed } = examined
  const { decisions, exchanges, laws, counterexamples } = examined
  const what = [
    ...counted(decisions, "decision vector"),
    ...counted(exchanges, "exchange vector"),
    ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
    ...counted(counterexamples, "counterexample"),
    ...counted(laws, "law").map((text) => `${text} (up to ${runs} runs each, seed ${seed})`),
  ].join(", ")
  const result = findings.length === 0 ? "all as expected" : `${findings.length} not as expected`
  return `${printable(subject)}: ${what}: ${result}, ${seconds.toFixed(1)} s`
}

function counted(number: number, what: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${what}${number === 1 ? "" : "s"}`]
}
