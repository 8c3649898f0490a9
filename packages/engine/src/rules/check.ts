import type { Policy } from "../policy.ts"
import type { Session } from "../session.ts"
import { accessDenied, keyExpired, keyInactive, type Refusal } from "./refusal.ts"
import { atMost, instantOf } from "./time.ts"
import { holds, type Trace } from "./trace.ts"
import { isWord } from "./word.ts"

/** Whether the session is active, in time, and has a right to this API. */
export function check(
  policy: Policy,
  now: number,
  session: Session,
  trace: Trace | undefined,
): Refusal | undefined {
  if (!holds(trace, "check.active", session.active === true, session)) return keyInactive
  const { expiresAt, apis } = session
  const unexpired = isWord(expiresAt, "never") || atMost(instantOf(now), expiresAt)
  if (!holds(trace, "check.unexpired", unexpired, session)) return keyExpired
  const granted = isWord(apis, "all") || apis.has(policy.apiId)
  return holds(trace, "check.api", granted, session) ? undefined : accessDenied
}
