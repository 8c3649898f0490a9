import { type ShellLaw, type ShellResult, shell, shellLaws } from "../laws/shell/index.ts"
import type { ConformOptions } from "./conform-options.ts"
import type { Finding } from "./finding.ts"
import { printableJson } from "./printable.ts"
import type { Progress } from "./progress.ts"
import { select } from "./select.ts"

/** What came of the laws of everything around the decision; they are about this workspace alone. */
export interface ShellAnswers {
  readonly laws: number
  readonly unreached: readonly string[]
  readonly findings: readonly Finding[]
}

/** Asks the laws of guard, documents and answers that the options name. */
export async function askShellLaws(
  { filter, runs, seed }: ConformOptions,
  progress: Progress,
): Promise<ShellAnswers> {
  const laws = select(shellLaws, filter)
  const unreached: string[] = []
  const findings: Finding[] = []
  for (const [i, law] of laws.entries()) {
    progress.show(`law ${i + 1} of ${laws.length}, around the decision: ${law.sentence}`)
    const result = await law.check(shell, { runs, seed })
    if (result._tag === "broken") findings.push(findingOf(law, result, runs))
    else if (result.reached === 0) unreached.push(law.id)
  }
  return { laws: laws.length, unreached, findings }
}

/** A plan is no vector: the same seed finds it again. */
function findingOf(
  { id, sentence }: ShellLaw,
  { what, plan, seed }: Extract<ShellResult, { _tag: "broken" }>,
  runs: number,
): Finding {
  const again = `--filter ${id} --seed ${seed} --runs ${runs}`
  const wrong = `${what}; in ${printableJson(plan)}; again with ${again}`
  return { kind: "law", id, sentence, wrong }
}
