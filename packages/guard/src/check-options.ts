import type { GuardOptions } from "./guard.ts"

/** Throws a `TypeError` for what JavaScript lets through and no request could be decided with. */
export function checkOptions(options: Partial<GuardOptions>): void {
  const { policies, sessions, certificates } = options
  if (typeof policies?.routes?.match !== "function" || typeof policies.apis?.get !== "function") {
    throw new TypeError(
      "guard.policies is missing or incomplete; make it with createPolicySet(...)",
    )
  }
  requireFunction(sessions, "sessions", "memorySessions(map)")
  requireFunction(certificates, "certificates", "memoryCertificates(ids)")
}

function requireFunction(value: unknown, name: string, remedy: string): void {
  if (typeof value !== "function") {
    throw new TypeError(`guard.${name} must be a function; ${remedy} makes one`)
  }
}
