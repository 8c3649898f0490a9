import { type DecisionCase, decisionCases } from "../decide/cases.ts"
import { decisionSubject, floorSubject } from "../decide/subjects.ts"
import { digest, policyOf, requestOf } from "../decide/world.ts"
import { type GoalId, goals } from "../goals.ts"
import { DIFFERENT } from "../growth/part.ts"
import type { Check } from "./check.ts"

const CALLS = 2000

/** `decide` alone. */
export function decisionChecks(): readonly Check[] {
  const cases = decisionCases()
  const subjectOf = (name: string) => {
    const found = cases.find((one) => one.name === name)
    if (found === undefined) throw new Error(`there is no case ${name}`)
    return decisionSubject(found)
  }
  const toFloor = (name: string, goal: GoalId): Check => ({
    name: goals[goal].what,
    limit: goals[goal].limit,
    because: "goal",
    subject: subjectOf(name),
    base: floorSubject(),
    calls: CALLS,
  })
  return [
    toFloor("allow list of 10, token: allow", "decide.unbound.ratio"),
    toFloor("allow list of 10, token with ten bindings: allow", "decide.bound.ratio"),
    {
      name: "a denial that names the certificate, to its Allow",
      limit: 2,
      because:
        "the goal of 1.5 and a third: both are so short that the ratio moves with the machine",
      subject: subjectOf("allow list of 10: deny"),
      base: subjectOf("allow list of 10: allow"),
      calls: CALLS,
    },
    growth(),
  ]
}

/** Nothing but the table of the list grows: as many different requests against both. */
function growth(): Check {
  return {
    name: "`decide` with an allow list of 1 000 000, to one of 10",
    limit: 8,
    because:
      "2 to 4 on the machines seen, by the distance of memory; a search would cost thousands",
    subject: decisionSubject(listed(1_000_000)),
    base: decisionSubject(listed(10)),
    calls: 2000,
    warmUp: 4 * DIFFERENT,
  }
}

function listed(size: number): DecisionCase {
  const leaves = Array.from({ length: size }, (_, i) => digest(i))
  return {
    name: `${size} entries`,
    policy: policyOf({ staticMtls: { leaves, anchors: [] } }),
    requests: Array.from({ length: DIFFERENT }, (_, i) =>
      requestOf({ leaf: leaves[(i * 7919) % size] ?? "" }),
    ),
    expected: "Allow",
  }
}
