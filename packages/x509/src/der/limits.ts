/** Counted budgets of one DER input; counts, not time, so that a verdict never depends on the machine. */
export interface DerLimits {
  readonly bytes: number
  readonly nodes: number
  readonly depth: number
}

/**
 * The defaults for one certificate.
 *
 * `bytes`: real certificates stay below 8 KiB, post-quantum ones below 32 KiB.
 * `nodes`: a certificate with ten names has about 150 elements; 10 000 leaves room for a thousand names.
 * `depth`: the deepest standard field (a relative name inside a distribution point) lies 14 levels down.
 */
export const certificateLimits: DerLimits = { bytes: 65_536, nodes: 10_000, depth: 32 }
