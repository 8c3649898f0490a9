import type { Configuration } from "../configuration.ts"
import type { Problem, Report } from "../problem.ts"
import { auditAuthorities } from "./authorities.ts"
import { auditHosts } from "./hosts.ts"
import { auditListener } from "./listener.ts"
import { auditSessions } from "./sessions.ts"
import { auditSettings } from "./settings.ts"
import { auditValidity } from "./validity.ts"

/**
 * What a configuration means beyond being well-formed: certificates about to end, settings that open,
 * sessions that cannot work, APIs that the handshake cannot tell apart. Warnings only; `now` in epoch
 * milliseconds.
 */
export function auditConfiguration(configuration: Configuration, now: number): readonly Problem[] {
  const problems: Problem[] = []
  const report: Report = (found) => problems.push(found)
  auditValidity(configuration, now, report)
  auditAuthorities(configuration, report)
  auditSettings(configuration, report)
  auditSessions(configuration, report)
  auditHosts(configuration, report)
  auditListener(configuration, report)
  return problems
}
