import { checkLaw, type LawResult } from "../laws/check-law.ts"
import { laws as allLaws } from "../laws/index.ts"
import type { Law } from "../laws/law.ts"
import type { Subject } from "../subject.ts"
import { checkDecision } from "../vectors/check-decision.ts"
import { readDecisions } from "../vectors/read-decisions.ts"
import type { DecisionVector } from "../vectors/vector.ts"
import type { ConformOptions } from "./conform-options.ts"
import {
  type Counterexample,
  readLawCounterexample,
  writeLawCounterexample,
} from "./counterexample.ts"
import { engineSubject } from "./engine-subject.ts"
import { expectingPreset, withPreset } from "./expect-preset.ts"
import type { Counted, Finding } from "./finding.ts"
import { moduleSubject } from "./module-subject.ts"
import type { Progress } from "./progress.ts"
import { select } from "./select.ts"
import type { ShellAnswers } from "./shell-laws.ts"
import { filesOfSuite, textOf, unreadable, vectorsOf } from "./suite.ts"
import { watch } from "./watch-subject.ts"

/** Asks whatever decides: vectors, counterexamples that were printed before, and laws. */
export async function examineSubject(
  options: ConformOptions,
  progress: Progress,
): Promise<Counted> {
  const { module, preset } = options
  const given = module === undefined ? engineSubject : await moduleSubject(module)
  const watched = watch(preset === undefined ? given : withPreset(given, preset))
  const { subject } = watched
  const { decisions, again, laws } = workOf(options)
  const wrongDecisions = decisions.flatMap((vector) => {
    progress.show(vector.id)
    return decisionFinding(subject, preset ? expectingPreset(vector, preset) : vector)
  })
  const wrongAgain = again.flatMap((one) => againFinding(subject, one))
  const results = laws.map((law, i) => {
    progress.show(`law ${i + 1} of ${laws.length}: ${law.sentence}`)
    return { law, result: checkLaw(law, subject, options) }
  })
  const around = await askAround(options, progress)
  const unreached = results.flatMap(({ law, result }) => (isReached(result) ? [] : [law.id]))
  return {
    subject: subject.name,
    decisions: decisions.length,
    exchanges: 0,
    skipped: [],
    laws: laws.length + around.laws,
    counterexamples: again.length,
    unreached: [...unreached, ...around.unreached],
    findings: [
      ...wrongDecisions,
      ...wrongAgain,
      ...results.flatMap(lawFinding),
      ...watched.findings(),
      ...around.findings,
    ],
  }
}

const nothing: ShellAnswers = { laws: 0, unreached: [], findings: [] }

/** Guard and documents are loaded only where they are asked. */
async function askAround(options: ConformOptions, progress: Progress): Promise<ShellAnswers> {
  const { module, vectors, only } = options
  if (module !== undefined || vectors !== undefined || only === "vectors") return nothing
  const { askShellLaws } = await import("./shell-laws.ts")
  return askShellLaws(options, progress)
}

interface Work {
  readonly decisions: readonly DecisionVector[]
  /** Laws, each with the cases in which it did not hold. */
  readonly again: readonly { readonly law: Law; readonly example: Counterexample }[]
  readonly laws: readonly Law[]
}

function workOf({ vectors: files, filter, only }: ConformOptions): Work {
  if (files === undefined) {
    const all = only === "laws" ? [] : vectorsOf(readDecisions(filesOfSuite("decisions")))
    const decisions = select(all, filter)
    return { decisions, again: [], laws: only === "vectors" ? [] : select(allLaws, filter) }
  }
  const read = files.map((file) => ({ file, example: exampleIn(file) }))
  const plain = read.flatMap(({ file, example }) => (example === undefined ? [file] : []))
  const decisions = plain.length === 0 ? [] : vectorsOf(readDecisions(plain))
  const again = read.flatMap(({ file, example }) => (example ? [lawOf(file, example)] : []))
  return { decisions: select(decisions, filter), again, laws: [] }
}

function exampleIn(file: string): Counterexample | undefined {
  const read = readLawCounterexample(file, textOf(file))
  if (read === undefined || "law" in read) return read
  throw unreadable(read)
}

function lawOf(file: string, example: Counterexample): Work["again"][number] {
  const law = allLaws.find(({ id }) => id === example.law)
  if (law !== undefined) return { law, example }
  const message = `there is no law \`${example.law}\``
  throw unreadable([{ file, line: 1, message }])
}

function decisionFinding(subject: Subject, vector: DecisionVector): Finding[] {
  // What is no verdict was answered; that it ended the comparison is our own doing.
  const wrong = checkDecision(subject, vector)?.replace(/^threw: (?=answered )/, "")
  const { id, sentence } = vector
  return wrong === undefined ? [] : [{ kind: "decision", id, sentence, wrong }]
}

function againFinding(subject: Subject, { law, example }: Work["again"][number]): Finding[] {
  const { id, sentence } = law
  const wrong = law.broken(subject, example.vectors)
  const decisions = example.vectors.flatMap((vector) => decisionFinding(subject, vector))
  return wrong === undefined ? decisions : [{ kind: "law", id, sentence, wrong }, ...decisions]
}

function isReached(result: LawResult): boolean {
  return result._tag === "broken" || result.reached > 0
}

function lawFinding({ law, result }: { readonly law: Law; readonly result: LawResult }): Finding[] {
  if (result._tag === "held") return []
  const { id, sentence } = law
  const counterexample = writeLawCounterexample(law, result.cases)
  return [{ kind: "law", id, sentence, wrong: result.what, counterexample }]
}
