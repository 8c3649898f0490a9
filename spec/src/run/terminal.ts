import type picocolors from "picocolors"

/** Where a command writes, besides files that it is told to write. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly colours: ReturnType<typeof picocolors.createColors>
  /** Width to write for. */
  readonly columns: number
  /** Standard error is watched by a person: progress may rewrite its last line. */
  readonly isWatched: boolean
}

/** What ends a command early: for people, lower case, one line, with what to do. */
export class UsageError extends Error {}

export const exitCodes = { asExpected: 0, differs: 1, unusable: 2 } as const
