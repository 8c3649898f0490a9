import type { Preset } from "@countersign/engine"
import type { Subject } from "../subject.ts"
import type { DecisionVector } from "../vectors/vector.ts"

/** The same subject, with the statuses of one preset whatever is asked for. */
export function withPreset(subject: Subject, preset: Preset): Subject {
  return {
    ...subject,
    policy: (input) => subject.policy({ ...input, responses: { ...input.responses, preset } }),
  }
}

/** The same vector, expecting the statuses of one preset under every other. */
export function expectingPreset(vector: DecisionVector, preset: Preset): DecisionVector {
  if (!("deny" in vector.expect)) return vector
  const { reason, status } = vector.expect.deny
  const only = status[preset]
  return { ...vector, expect: { deny: { reason, status: { default: only, "tyk-5.12": only } } } }
}
