import type { Configuration } from "@countersign/config"
import {
  createGuard,
  type Generation,
  type Guard,
  type GuardOptions,
  memoryCertificates,
  memorySessions,
  storedSession,
} from "@countersign/guard"

/** Makes the guard of a configuration, with its sessions and certificates in memory. */
export function guardConfiguration(
  configuration: Configuration,
  listeners: Pick<GuardOptions, "onDecision" | "onProblem"> = {},
): Guard {
  return createGuard({ ...generationOf(configuration), ...listeners })
}

/** Everything of a configuration that a guard decides by. */
export function generationOf(configuration: Configuration): Generation {
  const { routes, apis, keys, responses, sessions, certificates } = configuration
  const stored = new Map([...sessions].map(([key, known]) => [key, storedSession(known)]))
  return {
    policies: { routes, apis, keys, responses },
    sessions: memorySessions(stored),
    certificates: memoryCertificates(certificates),
  }
}
