import { type Code, codes, modelReasons, sessionSources, verdictOf } from "../model/index.ts"
import type { CredentialState } from "../states/state.ts"

/** A verdict without the rule that accepted L: a reason, or whose record the Allow rests on. A small number. */
export type Answer = number

/** What an answer says: a reason, or `Allow`. */
export interface Said {
  readonly reason: string | undefined
  /** The record that an Allow rests on. */
  readonly caller: string | undefined
}

export const answers: readonly Said[] = [
  ...modelReasons.map((reason) => ({ reason, caller: undefined })),
  ...sessionSources.map((caller) => ({ reason: undefined, caller })),
]

const byCode: readonly Answer[] = Array.from({ length: codes }, (_, code) => {
  const verdict = verdictOf(code)
  if (verdict === undefined) return -1
  return answers.findIndex(({ reason, caller }) =>
    verdict._tag === "Deny" ? reason === verdict.reason : caller === verdict.session,
  )
})

const byToken = answers.findIndex(({ caller }) => caller === "token")
const byCertificate = answers.findIndex(({ caller }) => caller === "certificate")

/** The certificate's session that is the token's record is the token's. */
export function answerOf(code: Code, { relation }: CredentialState): Answer {
  const answer = byCode[code] ?? -1
  if (answer < 0) throw new RangeError("no verdict has this code")
  const [same] = [1]
  return answer === byCertificate && relation === same ? byToken : answer
}

/** Which way a permissive answer differs from ours. */
export const directions = ["opens", "shuts", "caller", "reason"] as const

export type Direction = (typeof directions)[number]

/** `undefined` where both answer the same caller alike. */
export function directionOf(ours: Answer, theirs: Answer): Direction | undefined {
  if (ours === theirs) return undefined
  const weAllow = answers[ours]?.caller !== undefined
  const theyAllow = answers[theirs]?.caller !== undefined
  if (weAllow) return theyAllow ? "caller" : "shuts"
  return theyAllow ? "opens" : "reason"
}
