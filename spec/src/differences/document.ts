import { type AdvisoryClass, advisoryClasses } from "../advisory-classes.ts"
import { advisories } from "../permissive/advisories.ts"
import { type Direction, misreadings, weaknesses } from "../permissive/index.ts"
import type { State } from "../states/state.ts"
import type { Counted } from "./counted.ts"
import { type Difference, differenceOf, keyOf } from "./difference.ts"
import { introduction } from "./introduction.ts"
import { justifications } from "./justifications.ts"
import { remedies, withoutState } from "./remedies.ts"
import { neededFor } from "./shows.ts"
import type { Variant } from "./variant.ts"
import { inWords } from "./words.ts"

/** The published document, from what was counted. Throws where a justification or a remedy is missing. */
export function documentOf(counted: Counted): string {
  const found = new Found(counted)
  return `${[
    introduction(counted.states),
    overview(found),
    "## Class by class",
    ...weaknesses.map((one) => section(one, found)),
    allowed(found),
    callers(found),
    together(found),
    untold(),
  ].join("\n\n")}\n`
}

/** Every kind of difference, with its number of states in all products. */
class Found {
  readonly all: readonly (Difference & { readonly states: number })[]
  readonly #examples: Counted["examples"]

  constructor({ products, examples }: Counted) {
    this.#examples = examples
    const sums = new Map<string, number>()
    for (const counts of Object.values(products)) {
      for (const [key, states] of Object.entries(counts)) {
        sums.set(key, (sums.get(key) ?? 0) + states)
      }
    }
    this.all = [...sums]
      .map(([key, states]) => ({ ...differenceOf(key), states }))
      .sort((one, two) => two.states - one.states || (keyOf(one) < keyOf(two) ? -1 : 1))
  }

  of(variant: Variant, direction: Direction): Found["all"] {
    return this.all.filter((one) => one.variant === variant && one.direction === direction)
  }

  states(variant: Variant, direction: Direction): number {
    return this.of(variant, direction).reduce((sum, one) => sum + one.states, 0)
  }

  example(difference: Difference): { readonly state: State; readonly evidence: number } {
    const example = this.#examples[keyOf(difference)]
    if (example === undefined) throw new RangeError(`no example of ${keyOf(difference)}`)
    return { state: JSON.parse(example.state) as State, evidence: example.evidence }
  }

  words(difference: Difference): string {
    const { state, evidence } = this.example(difference)
    return inWords(state, evidence)
  }
}

function overview(found: Found): string {
  const rows = weaknesses.map((one) => [
    `[${one}](#${one})`,
    ...(["opens", "shuts", "caller", "reason"] as const).map((way) => n(found.states(one, way))),
  ])
  const sums = (["all", "together"] as const).map((variant) => [
    variant === "all" ? "all of them" : "only several together",
    ...(["opens", "shuts", "caller", "reason"] as const).map((way) =>
      variant === "together" && way !== "opens" ? "" : n(found.states(variant, way)),
    ),
  ])
  const head = [
    "class",
    "it allows, we deny",
    "it denies, we allow",
    "both allow, another caller",
    "both deny, another reason",
  ]
  return `## Overview\n\n${tableOf(head, [...rows, ...sums])}`
}

function section(one: AdvisoryClass, found: Found): string {
  const remedy = remedies[one]
  if (remedy === undefined) throw new RangeError(`no remedy for ${one}`)
  const rules = rulesOf(one).map((rule) => `- ${rule}`)
  const ids = advisories[one]?.join(", ")
  const rows = found
    .of(one, "opens")
    .map((way) => [`\`${way.ours}\``, n(way.states), found.words(way)])
  return [
    `### ${one}`,
    `${sentence(advisoryClasses[one])}${ids === undefined ? "" : ` Advisories of this class: ${ids}.`}`,
    `What such a gateway does:\n\n${rules.join("\n")}`,
    `**If your clients relied on it:** ${remedy}`,
    rows.length === 0
      ? "Alone it opens nothing that we keep shut."
      : tableOf(["we deny, it allows", "states", "the smallest"], rows),
  ].join("\n\n")
}

/** Rules that begin alike, up to a colon, are one with several ends. */
function rulesOf(one: AdvisoryClass): string[] {
  const ends = new Map<string, string[]>()
  for (const { rule } of misreadings.filter((row) => row.class === one)) {
    const [start = "", ...end] = rule.split(": ")
    ends.set(start, [...(ends.get(start) ?? []), ...end])
  }
  return [...ends].map(([start, end]) => [start, end.join(", ")].filter(Boolean).join(": "))
}

function allowed(found: Found): string {
  const rows = weaknesses.flatMap((one) =>
    found.of(one, "shuts").map((way) => {
      const why = justifications[one]?.[way.theirs]
      if (why === undefined) throw new RangeError(`no justification of ${keyOf(way)}`)
      return [one, `\`${way.theirs}\``, n(way.states), found.words(way), why]
    }),
  )
  return [
    "## Where we allow and it denies",
    "Every kind, by the class that makes it alone, and why.",
    tableOf(["class", "it says", "states", "the smallest", "why we allow"], rows),
  ].join("\n\n")
}

function callers(found: Found): string {
  const rows = weaknesses.flatMap((one) =>
    found
      .of(one, "caller")
      .map((way) => [one, caller(way.ours), caller(way.theirs), n(way.states), found.words(way)]),
  )
  return [
    "## Where both allow, and not the same caller",
    "Rights, quotas and logs follow the caller. Of several alternatives the first that allows counts: a gateway that lets an earlier one pass, or that reads one session for another, names somebody else. In `token-and-certificate-apart` it does not look at the token; here the session is the one that the presented token asks for, and the token is bound to the certificate.",
    tableOf(["class", "we name", "it names", "states", "the smallest"], rows),
  ].join("\n\n")
}

function together(found: Found): string {
  const rows = found.of("together", "opens").map((way) => {
    const { state, evidence } = found.example(way)
    const needed = neededFor(state, evidence).join(", ")
    return [`\`${way.ours}\``, n(way.states), found.words(way), needed]
  })
  return [
    "## What no class opens alone",
    "Where a state has several faults, a gateway must overlook every one of them. All classes together open these; the last column names classes that suffice for the state shown.",
    tableOf(["we deny, they allow", "states", "the smallest", "together"], rows),
  ].join("\n\n")
}

function untold(): string {
  const all = Object.keys(advisoryClasses) as AdvisoryClass[]
  const rows = all
    .filter((one) => !weaknesses.includes(one))
    .map((one) => {
      const why = withoutState[one]
      if (why === undefined) throw new RangeError(`${one} has neither a misreading nor an excuse`)
      return [one, sentence(advisoryClasses[one]), why]
    })
  return `## Classes that no state shows\n\n${tableOf(["class", "what it is", "why"], rows)}`
}

function caller(name: string): string {
  return name === "none" ? "nobody" : `the ${name}'s session`
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}

function n(states: number): string {
  return states === 0 ? "–" : states.toLocaleString("en")
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")
}
