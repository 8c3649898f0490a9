import type { Configuration } from "@countersign/config"
import {
  createGuard,
  type Guard,
  type GuardOptions,
  memoryCertificates,
  memorySessions,
  storedSession,
} from "@countersign/guard"

/** Makes the guard of a configuration, with its sessions and certificates in memory. */
export function guardConfiguration(
  { routes, apis, keys, responses, sessions, certificates }: Configuration,
  listeners: Pick<GuardOptions, "onDecision" | "onProblem"> = {},
): Guard {
  const stored = new Map([...sessions].map(([key, known]) => [key, storedSession(known)]))
  return createGuard({
    policies: { routes, apis, keys, responses },
    sessions: memorySessions(stored),
    certificates: memoryCertificates(certificates),
    ...listeners,
  })
}
