import type picocolors from "picocolors"
import type { Watch } from "./serve/watch-files.ts"

/** Everything that a command may do to the outside besides sockets and files. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly colours: ReturnType<typeof picocolors.createColors>
  /** Width to write for. */
  readonly columns: number
  /** Reads standard input to its end. */
  readonly input: () => Promise<string>
  readonly env: Readonly<Record<string, string | undefined>>
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Aborted by an interrupt; a command ends early and cleans up. */
  readonly interrupted: AbortSignal
  /** Watches the files of a configuration that is served. */
  readonly watch: Watch
  /** Calls back whenever an operator asks for a reload (SIGHUP); returns how to stop that. */
  readonly onHangup: (reload: () => void) => () => void
}

/** What ends a command early: for operators, lower case, one line, with what to do. */
export class OperatorError extends Error {}

export const exitCodes = { success: 0, differs: 1, failure: 2, interrupted: 130 } as const
