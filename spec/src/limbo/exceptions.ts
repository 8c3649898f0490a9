import type { Profile } from "@countersign/x509"

/** A disagreement that is tolerated, and why. */
export interface Exception {
  readonly id: string
  readonly profiles: readonly Profile[]
  readonly verdict: "accepted" | "refused"
  readonly reason: string
}

export interface Disagreement {
  readonly id: string
  readonly verdict: "accepted" | "refused" | "over time"
}

export interface Unexplained {
  /** Disagreements that no exception names. */
  readonly unlisted: readonly Disagreement[]
  /** Exceptions whose case was run and agreed. */
  readonly healed: readonly Exception[]
}

/** Compares disagreements with the exceptions of a profile; only exceptions whose case was run can have healed. */
export function compareExceptions(
  ran: ReadonlySet<string>,
  disagreements: readonly Disagreement[],
  exceptions: readonly Exception[],
  profile: Profile,
): Unexplained {
  const listed = exceptions.filter(({ profiles }) => profiles.includes(profile))
  const isSame = (one: Exception, other: Disagreement): boolean =>
    one.id === other.id && one.verdict === other.verdict
  return {
    unlisted: disagreements.filter((one) => !listed.some((exception) => isSame(exception, one))),
    healed: listed.filter(
      (exception) => ran.has(exception.id) && !disagreements.some((one) => isSame(exception, one)),
    ),
  }
}
