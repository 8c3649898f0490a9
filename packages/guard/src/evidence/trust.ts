import {
  type Anchors,
  type Certificate,
  type ExamineOptions,
  prepareAnchors,
  readCertificate,
} from "@countersign/x509"
import { sha256 } from "@countersign/x509/node"
import type { RevocationLists } from "@countersign/x509/revocation"

/**
 * What the certificates of an API's clients may chain to. The object is the trust generation: make
 * a new one when anchors or lists change, share one between APIs with the same anchors.
 */
export interface Trust {
  /** `Anchor.id` is the SHA-256 of the anchor, 64 lower-case hexadecimal digits. */
  readonly anchors: Anchors
  /** Path material that clients need not send. */
  readonly intermediates: readonly Certificate[]
  readonly lists: RevocationLists | "none"
  /** How paths are examined; `now` is the request's. */
  readonly options?: Omit<ExamineOptions, "now">
}

export interface TrustInput {
  /** DER of the authorities in the allow list. */
  readonly anchors: readonly Uint8Array[]
  /** DER of certificates between them and the clients, which clients then need not send. */
  readonly intermediates?: readonly Uint8Array[]
  readonly lists?: RevocationLists
  readonly options?: Omit<ExamineOptions, "now">
}

/** Makes a trust from DER; a certificate that cannot be read is a `TypeError`. */
export function createTrust(input: TrustInput): Trust {
  const { anchors, intermediates = [], lists = "none", options } = input
  const trust: Trust = {
    anchors: prepareAnchors(
      anchors.map((der) => ({ id: sha256(der), certificate: readable(der) })),
    ),
    intermediates: intermediates.map(readable),
    lists,
  }
  return options === undefined ? trust : { ...trust, options }
}

function readable(der: Uint8Array): Certificate {
  const read = readCertificate(der)
  if (read._tag === "Certificate") return read
  throw new TypeError(`a certificate cannot be read: ${read.problem}, at byte ${read.at}`)
}
