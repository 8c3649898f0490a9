/** What notices a fault; every module is imported late, because a patched one may not load. */

/** One thing to run in a patched copy. */
export type Stage =
  | { readonly name: "decisions" | "states" }
  | { readonly name: "laws" | "shell laws"; readonly runs: number; readonly seed: number }
  | { readonly name: "exchanges"; readonly driver: string }

type RunStage = (stage: Stage, all: boolean) => Promise<readonly string[]>

/** The ids of what noticed the fault: the first, or all. */
export const stages: Readonly<Record<Stage["name"], RunStage>> = {
  decisions: async (_, all) => noticed(await decisionFindings(all), all),
  laws: async (stage, all) =>
    stage.name === "laws" ? noticed(await lawFindings(stage, all), all) : [],
  "shell laws": async (stage, all) =>
    stage.name === "shell laws" ? noticed(await shellFindings(stage, all), all) : [],
  states: statesDiffer,
  exchanges: async (stage, all) =>
    stage.name === "exchanges" ? noticed(await exchangeFindings(stage.driver, all), all) : [],
}

function noticed(ids: readonly string[], all: boolean): readonly string[] {
  return all ? ids : ids.slice(0, 1)
}

async function decisionFindings(all: boolean): Promise<readonly string[]> {
  const { readDecisions } = await import("../../vectors/read-decisions.ts")
  const { checkDecision } = await import("../../vectors/check-decision.ts")
  const { engineSubject } = await import("../../run/engine-subject.ts")
  const { filesOfSuite, vectorsOf } = await import("../../run/suite.ts")
  const found: string[] = []
  for (const vector of vectorsOf(readDecisions(filesOfSuite("decisions")))) {
    if (checkDecision(engineSubject, vector) !== undefined) found.push(`vector ${vector.id}`)
    if (found.length > 0 && !all) break
  }
  return found
}

async function lawFindings(
  options: { readonly runs: number; readonly seed: number },
  all: boolean,
): Promise<readonly string[]> {
  const { laws } = await import("../../laws/index.ts")
  const { checkLaw } = await import("../../laws/check-law.ts")
  const { engineSubject } = await import("../../run/engine-subject.ts")
  const found: string[] = []
  for (const law of laws) {
    if (checkLaw(law, engineSubject, options)._tag === "broken") found.push(`law ${law.id}`)
    if (found.length > 0 && !all) break
  }
  return found
}

async function shellFindings(
  options: { readonly runs: number; readonly seed: number },
  all: boolean,
): Promise<readonly string[]> {
  const { shell, shellLaws } = await import("../../laws/shell/index.ts")
  const found: string[] = []
  for (const law of shellLaws) {
    if ((await law.check(shell, options))._tag === "broken") found.push(`law ${law.id}`)
    if (found.length > 0 && !all) break
  }
  return found
}

/** Those that take seconds. */
const quick = ["checks", "boundaries", "jwt", "alternatives", "admission"] as const

async function statesDiffer(): Promise<readonly string[]> {
  const { decide, explain } = await import("@countersign/engine")
  const { compare } = await import("../../states/compare.ts")
  const { productNamed } = await import("../../states/products.ts")
  for (const name of quick) {
    const options = { explainEvery: 499 }
    const { differing } = compare(productNamed(name), { decide, explain }, options)
    if (differing !== undefined) return [`states of ${name}`]
  }
  return []
}

async function exchangeFindings(name: string, all: boolean): Promise<readonly string[]> {
  const { openDriver } = await import("../../drivers/index.ts")
  const { runExchanges } = await import("../../exchanges/run.ts")
  const { readExchanges } = await import("../../vectors/read-exchanges.ts")
  const { filesOfSuite, vectorsOf } = await import("../../run/suite.ts")
  const driver = await openDriver(name)
  const vectors = vectorsOf(readExchanges(filesOfSuite("exchanges")))
  const found: string[] = []
  for await (const { id, outcome } of runExchanges(driver, vectors)) {
    if (outcome !== "passed" && outcome !== "skipped") found.push(`vector ${id}`)
    if (found.length > 0 && !all) break
  }
  return found
}
