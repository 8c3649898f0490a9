import type { Deny, Preset, Verdict } from "@countersign/engine"
import type { Subject } from "../subject.ts"
import { hexOf, policyInputOf, requestOf } from "./concretise-case.ts"
import type { CertificateName } from "./decision-case.ts"
import type { Allowed, DecisionVector, Refused } from "./vector.ts"

const presets: readonly Preset[] = ["default", "tyk-5.12"]

/**
 * What a subject decides differently from a vector, in one line; `undefined` where it agrees.
 * An Allow must agree in every member, a denial in its reason and in the status of each preset.
 */
export function checkDecision<P>(subject: Subject<P>, vector: DecisionVector): string | undefined {
  const request = requestOf(vector.request)
  const input = policyInputOf(vector.policy)
  for (const preset of presets) {
    try {
      const policy = subject.policy({ ...input, responses: { preset } })
      const difference = compare(vector.expect, subject.decide(policy, request), preset)
      if (difference !== undefined) return difference
    } catch (error) {
      return `threw: ${error instanceof Error ? error.message : "something that is no error"}`
    }
  }
  return undefined
}

function compare(expect: Allowed | Refused, verdict: Verdict, preset: Preset): string | undefined {
  const expected = "allow" in expect ? allowText(expect) : denyText(expect, preset)
  const found = verdictText(verdict)
  return found === expected ? undefined : `expected ${expected}, got ${found} (${preset})`
}

function allowText({ allow }: Allowed): string {
  const { session, sessionBy, leaf, leafBy, obligations } = allow
  return text(session, sessionBy, leaf === "none" ? leaf : hexOf(leaf), leafBy, obligations)
}

function denyText({ deny: { reason, status } }: Refused, preset: Preset): string {
  return `Deny ${reason} ${status[preset]}`
}

function verdictText(verdict: Verdict): string {
  if (verdict._tag === "Deny") return denied(verdict)
  const { session = "none", sessionBy = "none", leaf = "none", leafBy = "none" } = verdict.identity
  return text(session, sessionBy, leaf, leafBy, verdict.obligations)
}

function denied({ reason, status }: Deny): string {
  return `Deny ${reason} ${status}`
}

function text(
  session: string,
  sessionBy: string,
  leaf: CertificateName,
  leafBy: string,
  obligations: readonly string[],
): string {
  const [sure, must] = [
    JSON.stringify({ session, sessionBy, leaf, leafBy }),
    obligations.join(", "),
  ]
  return `Allow ${sure} and ${must === "" ? "nothing more" : must}`
}
