import type { Verdict } from "@countersign/engine"
import {
  type Code,
  codes,
  defaultAnswers,
  type ModelVerdict,
  sessionSources,
  verdictOf,
} from "../model/index.ts"
import { LEAF_HEX } from "./facts.ts"

/** What a verdict must hold to be what the model says, under the default answers. */
export interface Expected {
  readonly model: ModelVerdict
  readonly status: number
  readonly message: string
  /** The place of its session's source. */
  readonly source: number
  readonly sessionBy: string | undefined
  readonly leaf: string | undefined
  readonly leafBy: string | undefined
}

const nobody = { leaf: undefined, leafBy: undefined }

/** By code; a hole is no code. */
export const expectations: readonly (Expected | undefined)[] = Array.from(
  { length: codes },
  (_, code) => expectation(code),
)

function expectation(code: Code): Expected | undefined {
  const model = verdictOf(code)
  if (model === undefined) return undefined
  if (model._tag === "Deny") {
    const { status, message } = defaultAnswers[model.reason]
    const text = message.replace("<hex>", LEAF_HEX)
    return { model, status, message: text, source: 0, sessionBy: undefined, ...nobody }
  }
  const { session, leafRule } = model
  const leaf = leafRule === "none" ? nobody : { leaf: LEAF_HEX, leafBy: leafRule }
  const sessionBy = session === "none" ? undefined : session
  return {
    model,
    status: 200,
    message: "",
    source: sessionSources.indexOf(session),
    sessionBy,
    ...leaf,
  }
}

/** Whether an engine's verdict is the expected one; `sessionIds` by source. */
export function agrees(
  verdict: Verdict,
  expected: Expected,
  sessionIds: readonly (string | undefined)[],
): boolean {
  const { model } = expected
  if (verdict._tag === "Deny") {
    return (
      model._tag === "Deny" &&
      verdict.reason === model.reason &&
      verdict.status === expected.status &&
      verdict.message === expected.message
    )
  }
  const { identity, obligations } = verdict
  return (
    model._tag === "Allow" &&
    identity.session === sessionIds[expected.source] &&
    identity.sessionBy === expected.sessionBy &&
    identity.leaf === expected.leaf &&
    identity.leafBy === expected.leafBy &&
    obligations.length === 0
  )
}
