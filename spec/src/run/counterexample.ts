import * as Schema from "effect/Schema"
import type { Law } from "../laws/law.ts"
import type { DecisionCase } from "../vectors/decision-case.ts"
import { Vector } from "../vectors/decision-schema.ts"
import { decoder } from "../vectors/decode.ts"
import { modelDecision } from "../vectors/model-decision.ts"
import { parseJson } from "../vectors/parse-json.ts"
import type { Problem } from "../vectors/problem.ts"
import type { DecisionVector } from "../vectors/vector.ts"

/** Cases in which a law did not hold, as vectors that expect what the reference model says. */
export interface Counterexample {
  readonly law: string
  readonly vectors: readonly DecisionVector[]
}

/** A file of one counterexample: decision vectors in full, and the law that is to be asked of them again. */
export function writeLawCounterexample(
  { id, sentence }: Law,
  cases: readonly DecisionCase[],
): string {
  const vectors = cases.map((one, i) => ({
    id: `law.${id}.${i + 1}`,
    sentence: `Where it does not hold: ${sentence}.`,
    sources: [`design:law/${id}`],
    ...one,
    expect: modelDecision(one),
  }))
  return `${JSON.stringify({ about: sentence, law: id, vectors }, null, 2)}\n`
}

const decode = decoder(
  Schema.Struct({
    about: Schema.NonEmptyString,
    law: Schema.NonEmptyString,
    vectors: Schema.NonEmptyArray(Vector),
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
