/** Something that did not come out as expected. */
export interface Finding {
  readonly kind: "decision" | "exchange" | "law"
  readonly id: string
  readonly sentence: string
  /** In one line. */
  readonly wrong: string
  /** Text of the file that runs it again; a vector's own file does. */
  readonly counterexample?: string
}

/** How much was examined, and what was found. */
export interface Counted {
  /** What was examined. */
  readonly subject: string
  readonly decisions: number
  readonly exchanges: number
  /** Exchanges that the gateway has no way to do, with why. */
  readonly skipped: readonly { readonly id: string; readonly why: string }[]
  readonly laws: number
  /** Cases in which a law did not hold once, asked again. */
  readonly counterexamples: number
  /** Laws that no case reached: they say nothing. */
  readonly unreached: readonly string[]
  readonly findings: readonly Finding[]
}

export interface Examined extends Counted {
  readonly seed: number
  /** Of each law. */
  readonly runs: number
  readonly seconds: number
}
