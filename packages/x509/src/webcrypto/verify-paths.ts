import { type Certificate, readCertificate } from "../certificate/certificate.ts"
import type { Malformed } from "../malformed.ts"
import type { Anchors } from "../path/anchors.ts"
import type { Examination } from "../path/examination.ts"
import { examine } from "../path/examine.ts"
import type { ExamineOptions } from "../path/options.ts"
import type { Subtle } from "./subtle.ts"
import { verify } from "./verify.ts"

/** Reads a presented chain, `leaf` being the certificate whose key was proved, and examines it on WebCrypto. */
export function verifyPaths(
  leaf: Uint8Array,
  extras: readonly Uint8Array[],
  anchors: Anchors,
  options: ExamineOptions & { readonly subtle?: Subtle },
): Promise<Examination> {
  const read = (der: Uint8Array): Certificate | Malformed => readCertificate(der)
  return verify(examine(read(leaf), extras.map(read), anchors, options), options.subtle)
}
