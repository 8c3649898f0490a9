/** What is wrong with bytes or text that could not be read: the one failure value of every reader here. */
export interface Malformed {
  readonly _tag: "Malformed"
  /** Offset of the offending byte or character in the input. */
  readonly at: number
  readonly problem: string
}

export function malformed(at: number, problem: string): Malformed {
  return { _tag: "Malformed", at, problem }
}
