/** What one examination may spend: counts, so that its result never depends on the machine or its load. */
export interface Budget {
  /** Presented certificates that are looked at; the rest are ignored. */
  readonly extras: number
  /** Signature verifications. */
  readonly signatures: number
  /** Candidate issuers considered. */
  readonly steps: number
  /** Comparisons of a name with a constraint, and policies compared. */
  readonly comparisons: number
  /** Paths collected that are valid now, and again as many that are not. */
  readonly paths: number
}

/**
 * `extras`: real clients send below 5, the largest public path-building case 35.
 * `signatures`: that case needs 7, since key identifiers tell issuers apart; 32 of the slowest curve take 50 ms.
 * `steps`: every pair of a full pool once, 64 × 64, is more than any graph of real authorities needs.
 * `comparisons`: a thousand names against 250 constraints, some 15 ms.
 * `paths`: a certificate cross-signed by eight authorities; more would only repeat the answer.
 */
export const defaultBudget: Budget = {
  extras: 64,
  signatures: 32,
  steps: 4096,
  comparisons: 250_000,
  paths: 8,
}

/** What has been spent, and the first budget that ran out. */
export interface Spending {
  signatures: number
  steps: number
  comparisons: number
  exhausted: "signatures" | "steps" | "comparisons" | undefined
}

/** Takes `amount` from a budget; false, from then on, when it does not have it. */
export function spend(
  spending: Spending,
  budget: Budget,
  kind: "signatures" | "steps" | "comparisons",
  amount: number = 1,
): boolean {
  if (spending.exhausted !== undefined) return false
  if (spending[kind] + amount > budget[kind]) {
    spending.exhausted = kind
    return false
  }
  spending[kind] += amount
  return true
}
