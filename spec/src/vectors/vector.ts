import type { LeafRule, Obligation, Preset, Reason } from "@countersign/engine"
import type { CertificateName, DecisionCase } from "./decision-case.ts"

/** What a vector's expectation and its place in the literature have in common. */
export interface Described {
  /** Lower-case words with dots, unique over all files: `bind.other-certificate`. */
  readonly id: string
  /** One sentence: what is presented, and what must come of it. */
  readonly sentence: string
  /** `design:A4`, `S1:<sentence>`, `RFC 5280 §4.1.2.5`, `advisory:<class>`, `case:A7`; at least one. */
  readonly sources: readonly string[]
  /** What weaker gateways answer, where this suite is stricter, and why it is. */
  readonly reference?: string
}

export interface Allowed {
  readonly allow: {
    /** The session's id, or nobody. */
    readonly session: string | "none"
    readonly sessionBy: "token" | "certificate" | "jwt" | "none"
    /** The certificate that a rule accepted. */
    readonly leaf: CertificateName | "none"
    readonly leafBy: LeafRule | "none"
    readonly obligations: readonly Obligation[]
  }
}

export interface Refused {
  readonly deny: {
    readonly reason: Reason
    readonly status: Readonly<Record<Preset, number>>
  }
}

/** A decision on facts, for anything that decides. */
export interface DecisionVector extends Described, DecisionCase {
  readonly expect: Allowed | Refused
}
