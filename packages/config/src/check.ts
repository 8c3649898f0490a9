import { auditConfiguration } from "./audit/audit.ts"
import type { LoadOptions } from "./configuration.ts"
import { loadConfiguration } from "./load.ts"
import type { Problem, Severity } from "./problem.ts"

/** What `check` says of a configuration; plain data, whose members never change their meaning. */
export interface CheckReport {
  readonly version: 1
  /** Whether it can be served. */
  readonly servable: boolean
  readonly errors: number
  readonly warnings: number
  /** Errors first. */
  readonly problems: readonly Problem[]
  /** Settings and variables that decide nothing here, as JSON paths and names. */
  readonly ignored: readonly string[]
  readonly apis: number
  readonly sessions: number
  /** Sessions that are there and cannot be used, each with a warning; absent where there is none. */
  readonly unknownSessions?: number
  readonly certificates: number
}

/** Loads and audits a configuration. */
export function checkConfiguration(path: string, options: LoadOptions): CheckReport {
  const loaded = loadConfiguration(path, options)
  const isServable = loaded._tag === "Configuration"
  const audited = isServable ? auditConfiguration(loaded, options.now) : []
  const all = [...loaded.problems, ...audited]
  const of = (wanted: Severity): readonly Problem[] =>
    all.filter(({ severity }) => severity === wanted)
  const errors = of("error")
  const warnings = of("warning")
  const unknown = isServable ? loaded.facts.foundSessions - loaded.sessions.size : 0
  return {
    version: 1,
    servable: isServable,
    errors: errors.length,
    warnings: warnings.length,
    problems: [...errors, ...warnings],
    ignored: isServable ? loaded.facts.settings.ignored : [],
    apis: isServable ? loaded.apis.size : 0,
    sessions: isServable ? loaded.sessions.size : 0,
    ...(unknown > 0 && { unknownSessions: unknown }),
    certificates: isServable ? loaded.certificates.size : 0,
  }
}

/** 0 for a clean configuration, 1 for warnings where they count, 2 for errors. */
export function checkExitCode(
  { errors, warnings }: Pick<CheckReport, "errors" | "warnings">,
  { strict }: { readonly strict: boolean },
): 0 | 1 | 2 {
  if (errors > 0) return 2
  return strict && warnings > 0 ? 1 : 0
}
