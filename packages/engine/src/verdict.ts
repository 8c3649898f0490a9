import type { Detail, Reason } from "./reasons.ts"

export type Verdict = Allow | Deny

export interface Allow {
  readonly _tag: "Allow"
  readonly identity: Identified
  readonly obligations: readonly Obligation[]
}

export interface Deny {
  readonly _tag: "Deny"
  readonly reason: Reason
  /** For explanations and events, never for clients. */
  readonly detail: Detail | undefined
  readonly status: number
  readonly message: string
}

/** Who was allowed: the session, the leaf that a rule accepted, and by which rule each. */
export interface Identified {
  /** `Session.id` */
  readonly session: string | undefined
  readonly sessionBy: "token" | "certificate" | "jwt" | undefined
  /** Lower-case hexadecimal SHA-256 of the leaf's DER; only a leaf that a rule accepted is named. */
  readonly leaf: string | undefined
  readonly leafBy: LeafRule | undefined
}

/** The first rule that accepted the leaf. */
export type LeafRule = "allow_list" | "trust_path" | "certificate" | "binding" | "confirmation"

/** What the application or the adapter still has to do. */
export type Obligation = "strip_authorization_data"
