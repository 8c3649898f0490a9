import { leafRules } from "./check.ts"
import { type ModelReason, modelReasons } from "./reasons.ts"

/** A verdict as a small number; `verdictOf` says what it means. */
export type Code = number

/** Whose session an Allow names. */
export const sessionSources = ["none", "token", "certificate", "jwt"] as const

export type ModelVerdict =
  | { readonly _tag: "Deny"; readonly reason: ModelReason }
  | {
      readonly _tag: "Allow"
      readonly session: (typeof sessionSources)[number]
      readonly leafRule: (typeof leafRules)[number]
    }

const FIRST_ALLOW = 32

/** The number of codes, unused ones included. */
export const codes: number = FIRST_ALLOW + sessionSources.length * leafRules.length

export const faultCode: Code = modelReasons.indexOf("guard.fault")

export function allowCode(source: number, leafRule: number): Code {
  return FIRST_ALLOW + source * leafRules.length + leafRule
}

/** What a code means; `undefined` for a number that is none. */
export function verdictOf(code: Code): ModelVerdict | undefined {
  const reason = modelReasons[code]
  if (reason !== undefined) return { _tag: "Deny", reason }
  const session = sessionSources[Math.floor((code - FIRST_ALLOW) / leafRules.length)]
  const leafRule = leafRules[(code - FIRST_ALLOW) % leafRules.length]
  if (session === undefined || leafRule === undefined) return undefined
  return { _tag: "Allow", session, leafRule }
}
