import { isDeepStrictEqual } from "node:util"
import type { Identity, Mechanism } from "@countersign/engine"
import fc from "fast-check"
import type { DecisionCase } from "../../vectors/decision-case.ts"
import { answer, told } from "../answer.ts"
import { decisions } from "../arbitrary/cases.ts"
import {
  dynamic,
  jwt,
  mechanisms,
  alternatives as someAlternatives,
  token,
} from "../arbitrary/policies.ts"
import { records } from "../arbitrary/records.ts"
import { withPolicy } from "../change.ts"
import { groupsOf } from "../facts.ts"
import type { Law } from "../law.ts"
import { neverAllowed } from "../make-law.ts"

function only(one: DecisionCase, ...groups: (readonly Mechanism[])[]): DecisionCase {
  return withPolicy(one, { identity: { _tag: "alternatives", groups } })
}

/** One record that no check lets pass, so that a group may accept a certificate and yet refuse. */
const refusedLate = decisions({
  identity: fc
    .constantFrom([token, jwt], [dynamic, jwt], [jwt, token], [jwt, dynamic])
    .map((either) => ({ _tag: "alternatives", groups: either.map((one) => [one]) })),
  staticMtls: fc.constant("off"),
  hostAgrees: fc.constant(true),
  store: fc.tuple(
    records("s1"),
    records("s2").map((record) => ({ ...record, active: false })),
  ),
  authToken: fc.constantFrom(0, 1),
  jwt: fc.constantFrom(0, 1),
})

const cases = fc.oneof(decisions({ identity: someAlternatives }), refusedLate)

const oneGroup: Law = {
  id: "alternatives-answer-as-one-of-them",
  sentence:
    "alternatives answer what the first of their groups answers that, alone, allows, and what the last answers where none does: nothing of one group counts in another",
  sources: ["design:alternatives", "advisory:empty-rule-allows"],
  onlyCatches: "first-group-alone",
  cases: cases.map((one) => [one]),
  concerns: (_, [one]) => one !== undefined && groupsOf(one.policy).length > 1,
  broken: (subject, [one]) => {
    if (one === undefined) return undefined
    const whole = answer(subject, one)
    const alone = groupsOf(one.policy).map((group) => answer(subject, only(one, group)))
    const expected = alone.find(({ _tag }) => _tag === "Allow") ?? alone.at(-1)
    return expected === undefined || isDeepStrictEqual(whole, expected)
      ? undefined
      : `${told(whole)}, but its groups: ${alone.map(told).join("; ")}`
  },
}

const everyMechanism: Law = {
  id: "a-group-allows-what-each-of-its-mechanisms-allows",
  sentence: "a group is allowed only where each of its mechanisms, alone, is",
  sources: ["design:alternatives", "advisory:empty-rule-allows"],
  onlyCatches: "none",
  cases: decisions({
    identity: fc
      .array(mechanisms, { minLength: 2, maxLength: 2 })
      .map((group) => ({ _tag: "alternatives", groups: [group] })),
  }).map((one) => [one]),
  concerns: (subject, [one]) => one !== undefined && answer(subject, one)._tag === "Allow",
  broken: (subject, [one]) => {
    if (one === undefined) return undefined
    const whole = answer(subject, one)
    const alone = groupsOf(one.policy)
      .flat()
      .map((mechanism) => answer(subject, only(one, [mechanism])))
    const refused = alone.find(({ _tag }) => _tag === "Deny")
    if (whole._tag === "Deny" || refused === undefined) return undefined
    return `${told(whole)}, but one of its mechanisms ${told(refused)}`
  },
}

const emptied: fc.Arbitrary<Identity> = fc.constantFrom<Identity[]>(
  { _tag: "alternatives", groups: [] },
  { _tag: "alternatives", groups: [[]] },
  { _tag: "alternatives", groups: [[], []] },
)

const empty = neverAllowed(
  {
    id: "empty-alternatives-deny",
    sentence: "no alternatives, and alternatives without a mechanism, compile to nothing or deny",
    sources: ["design:alternatives", "advisory:empty-rule-allows"],
    onlyCatches: "none",
  },
  { cases: decisions({ identity: emptied }), concerns: () => true },
)

export const alternatives: readonly Law[] = [oneGroup, everyMechanism, empty]
