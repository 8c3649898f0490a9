import { decodeBase64 } from "../pem/base64.ts"
import { pemBlocks } from "../pem/blocks.ts"
import type { PemProblem } from "../pem/pem.ts"
import { revocationListLimits } from "./limits.ts"

export interface PemLists {
  /** DER of each `X509 CRL` block. */
  readonly lists: readonly Uint8Array[]
  readonly problems: readonly PemProblem[]
}

/** Reads the revocation lists of a PEM text; blocks of other types are passed over. */
export function readPemRevocationLists(text: string): PemLists {
  const lists: Uint8Array[] = []
  const problems: PemProblem[] = []
  for (const { label, line, from, to, closed } of pemBlocks(text)) {
    if (label !== "X509 CRL") continue
    const der = closed ? decodeBase64(text, from, to, revocationListLimits.bytes) : undefined
    if (der === undefined)
      problems.push({ line, problem: "block is not a revocation list in base64" })
    else lists.push(der)
  }
  return { lists, problems }
}
