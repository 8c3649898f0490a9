import type { Preset } from "@countersign/engine"

/** What is to be examined, and how. */
export interface ConformOptions {
  /** A module; default: the engine of this workspace. */
  readonly module?: string
  /** A driver by its name, or a module that exports one. */
  readonly driver?: string
  /** Files; default: the vectors of this package, and every law. */
  readonly vectors?: readonly string[]
  readonly filter?: string
  readonly only?: "vectors" | "laws"
  readonly seed: number
  readonly runs: number
  readonly preset?: Preset
  /** Milliseconds for one exchange. */
  readonly timeout: number
  /** A folder. */
  readonly writeCounterexamples?: string
  readonly json?: boolean
}
