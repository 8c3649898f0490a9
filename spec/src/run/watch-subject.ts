import type { Subject } from "../subject.ts"
import type { Finding } from "./finding.ts"
import { firstLine } from "./first-line.ts"
import { NoVerdict, verdictOf } from "./read-verdict.ts"

/** A subject, and what came of asking it when no verdict did. */
export interface Watched {
  readonly subject: Subject
  readonly findings: () => readonly Finding[]
}

/**
 * The same subject, whose verdicts are read strictly, whoever it is, and of which is remembered that it
 * threw, or returned no verdict: laws take that for a denial, and a subject that never decides would
 * break few of them.
 */
export function watch(subject: Subject): Watched {
  let times = 0
  let first = ""
  const note = (error: unknown): void => {
    times += 1
    if (times === 1) first = error instanceof NoVerdict ? error.message : firstLine(error)
  }
  const decide: Subject["decide"] = (compiled, request) => {
    try {
      return verdictOf(subject.decide(compiled, request))
    } catch (error) {
      note(error)
      throw error
    }
  }
  // That a policy does not compile may be as it should be.
  const policy: Subject["policy"] = (input) => {
    try {
      return subject.policy(input)
    } catch (error) {
      if (error instanceof NoVerdict) note(error)
      throw error
    }
  }
  const findings = (): readonly Finding[] =>
    times === 0 ? [] : [{ ...always, wrong: `not so ${times} times, at first: ${first}` }]
  return { subject: { ...subject, policy, decide }, findings }
}

const always = {
  kind: "law",
  id: "a-verdict-always",
  sentence: "whatever it is given, decide returns a verdict, at once",
} as const
