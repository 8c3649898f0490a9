import { type Budget, defaultBudget } from "./budget.ts"

/**
 * `default`: RFC 5280 path validation and a floor for keys and algorithms.
 * `strict`: also the rules that RFC 5280 sets for issuance, which private authorities often break.
 */
export type Profile = "default" | "strict"

/** The policy inputs of RFC 5280 §6.1.1 (c), (e), (f), (g). */
export interface PolicyInputs {
  readonly acceptable: "any" | ReadonlySet<string>
  readonly requireExplicit: boolean
  readonly inhibitMapping: boolean
  readonly inhibitAny: boolean
}

export interface ExamineOptions {
  /** Epoch milliseconds; it only orders the search, the result keeps intervals. */
  readonly now: number
  readonly profile?: Profile
  /** How many intermediates that are not self-issued a path may have; 8 when absent, twice what real hierarchies have. */
  readonly depth?: number
  readonly budget?: Partial<Budget>
  readonly policies?: Partial<PolicyInputs>
  /** Refuses a leaf without extended key usage, which RFC 5280 lets be used for everything. */
  readonly requireExtendedKeyUsage?: boolean
  /** Lets the holder of an authority's key act as a client: whoever can issue can then also log in. */
  readonly dangerouslyAcceptAuthorityAsLeaf?: boolean
}

export interface Settings {
  readonly now: number
  readonly profile: Profile
  readonly depth: number
  readonly budget: Budget
  readonly policies: PolicyInputs
  readonly requireExtendedKeyUsage: boolean
  readonly dangerouslyAcceptAuthorityAsLeaf: boolean
}

const defaultDepth = 8

export function settingsOf(options: ExamineOptions): Settings {
  return {
    // Validity has whole seconds, and both of its ends are inclusive (RFC 5280 §4.1.2.5).
    now: Math.floor(options.now / 1000) * 1000,
    profile: options.profile ?? "default",
    depth: options.depth ?? defaultDepth,
    budget: { ...defaultBudget, ...options.budget },
    policies: {
      acceptable: "any",
      requireExplicit: false,
      inhibitMapping: false,
      inhibitAny: false,
      ...options.policies,
    },
    requireExtendedKeyUsage: options.requireExtendedKeyUsage ?? false,
    dangerouslyAcceptAuthorityAsLeaf: options.dangerouslyAcceptAuthorityAsLeaf ?? false,
  }
}
