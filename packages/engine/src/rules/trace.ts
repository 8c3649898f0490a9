import type { Session } from "../session.ts"

/** Every rule, in the order of the decision. `admit.listed` to `admit.bound` are alternatives. */
export type Rule =
  | "admit.tls"
  | "admit.host"
  | "admit.certificate"
  | "admit.listed"
  | "admit.path"
  | "admit.bound"
  | "admit.refused"
  | "identify.host"
  | "identify.certificate"
  | "identify.presented"
  | "identify.verified"
  | "identify.known"
  | "identify.named_enrolled"
  | "identify.valid"
  | "identify.binding"
  | "identify.session"
  | "identify.agrees"
  | "identify.enrolled"
  | "alternatives.group"
  | "bind.host"
  | "bind.certificate"
  | "bind.valid"
  | "bind.listed"
  | "bind.enrolled"
  | "confirm.readable"
  | "confirm.host"
  | "confirm.certificate"
  | "confirm.valid"
  | "confirm.equal"
  | "check.active"
  | "check.unexpired"
  | "check.api"

/** Hears every rule as it is asked; `decide` runs without one. */
export type Trace = (rule: Rule, held: boolean, session: Session | undefined) => void

/** Whether a rule holds, told to whoever listens. */
export function holds(
  trace: Trace | undefined,
  rule: Rule,
  held: boolean,
  session?: Session | undefined,
): boolean {
  if (trace !== undefined) trace(rule, held, session)
  return held
}
