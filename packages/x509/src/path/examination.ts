import type { Certificate } from "../certificate/certificate.ts"
import type { Spending } from "./budget.ts"
import type { Failure } from "./failure.ts"

/** What a chain proves: facts, with time left open. */
export interface Examination {
  readonly paths: readonly TrustPath[]
  /** The most specific reason why no path, or none that is valid now, was found. */
  readonly failure: Failure | undefined
  readonly spent: Readonly<Spending>
  /**
   * While this answer is the whole answer: epoch milliseconds, both ends inclusive.
   *
   * A search that ended by itself found every path, for all time. One that a budget or the cap on paths cut
   * short depends on which certificates are valid now, and is repeated once that changes.
   */
  readonly complete: Interval
}

export interface Interval {
  readonly from: number
  readonly until: number
}

/** The leaf validly chains to this anchor from `notBefore` to `notAfter`, the intersection over the whole path. */
export interface TrustPath {
  /** `Anchor.id`. */
  readonly anchor: string
  readonly notBefore: number
  readonly notAfter: number
  /** Leaf first, the anchor's own certificate last. */
  readonly certificates: readonly Certificate[]
}
