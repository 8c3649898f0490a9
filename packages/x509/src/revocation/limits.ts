import type { DerLimits } from "../der/limits.ts"

/**
 * The defaults for one list, which an operator configures and no client sends.
 *
 * `bytes`: the reader's own bound of 16 MiB, some 400 000 entries. `nodes`: three for each of them, six with
 * extensions. `depth`: as for a certificate.
 */
export const revocationListLimits: DerLimits = { bytes: 16_777_215, nodes: 4_000_000, depth: 32 }
