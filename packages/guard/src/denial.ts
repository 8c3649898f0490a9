import type { Deny, Reason, Responses } from "@countersign/engine"

/** The denials that no policy gives: there is none yet, or it could not be asked. */
export type GuardReason = Extract<Reason, `guard.${string}`>

/** The guard's own denial. */
export function guardDenial(responses: Responses, reason: GuardReason): Deny {
  const { status, message } = responses[reason]
  return { _tag: "Deny", reason, detail: undefined, status, message }
}
