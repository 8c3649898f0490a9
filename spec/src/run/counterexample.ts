import * as Schema from "effect/Schema"
import type { Law } from "../laws/law.ts"
import type { DecisionCase } from "../vectors/decision-case.ts"
import { Policy, Request } from "../vectors/decision-schema.ts"
import { decoder } from "../vectors/decode.ts"
import { parseJson } from "../vectors/parse-json.ts"
import type { Problem } from "../vectors/problem.ts"

/** Cases in which a law did not hold. */
export interface Counterexample {
  readonly law: string
  readonly cases: readonly DecisionCase[]
}

/** A file of one counterexample: what a law is asked of, in the form of vectors, and no expected verdict. */
export function writeLawCounterexample(
  { id, sentence }: Law,
  cases: readonly DecisionCase[],
): string {
  return `${JSON.stringify({ about: sentence, law: id, cases }, null, 2)}\n`
}

const Case = Schema.Struct({ policy: Policy, request: Request })

const decode = decoder(
  Schema.Struct({
    about: Schema.NonEmptyString,
    law: Schema.NonEmptyString,
    cases: Schema.NonEmptyArray(Case),
  }),
)

/**
 * Reads the text of a file if it is a counterexample, which names its law; `undefined` for any other
 * file, also one that is no JSON.
 */
export function readLawCounterexample(
  file: string,
  text: string,
): Counterexample | readonly Problem[] | undefined {
  const json = parseJson(text)
  if (!("value" in json) || !namesLaw(json.value)) return undefined
  const decoded = decode(json.value)
  if ("value" in decoded) return decoded.value
  return decoded.map(({ path, message }) => ({
    file,
    line: json.lineOf(path),
    message: path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`,
  }))
}

function namesLaw(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "law")
}
