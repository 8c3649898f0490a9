import { type Certificate, type PemContents, readCertificate, readPem } from "@countersign/x509"
import { sha256 } from "@countersign/x509/node"
import { type Place, problem, type Report } from "../problem.ts"

/** What one PEM text stands for: its first certificate. */
export interface CertificateEntry {
  /** Of the DER, 64 lower-case hexadecimal digits. */
  readonly sha256: string
  readonly certificate: Certificate
  /** Whether it may sign others: basic constraints with cA TRUE. */
  readonly isAuthority: boolean
  /** The certificates after the first: material for paths, never entries. */
  readonly others: readonly Certificate[]
}

/**
 * Reads a PEM text; undefined where it has no certificate, with the reason reported.
 *
 * One unreadable block makes the whole text unreadable: half a bundle is not what was meant. Private keys
 * are reported and neither decoded nor kept.
 */
export function readEntry(
  text: string,
  place: Place,
  report: Report,
): CertificateEntry | undefined {
  const contents = readPem(text)
  if (contents.ignored.privateKeys > 0) {
    const message = "a private key stands beside the certificate; it is ignored"
    const remedy = "remove it: only the certificate is needed here"
    report(problem("certificate.private_key", place, message, remedy))
  }
  const fault = faultOf(contents)
  if (fault !== undefined) {
    report(problem("certificate.unreadable", place, fault, "give a certificate as PEM"))
    return undefined
  }
  const [first, ...others] = contents.certificates.map((der) => readCertificate(der))
  const unreadable = [first, ...others].find((read) => read?._tag === "Malformed")
  if (first?._tag !== "Certificate" || unreadable?._tag === "Malformed") {
    const why = unreadable?._tag === "Malformed" ? unreadable.problem : "no certificate"
    const message = `the certificate is not valid DER: ${why}`
    report(problem("certificate.unreadable", place, message, "have it issued again"))
    return undefined
  }
  return {
    sha256: sha256(first.der),
    certificate: first,
    isAuthority: first.extensions.basicConstraints?.ca === true,
    others: others.filter((other) => other._tag === "Certificate"),
  }
}

function faultOf({ certificates, ignored, problems }: PemContents): string | undefined {
  const [first] = problems
  if (first !== undefined) return `PEM, line ${first.line}: ${first.problem}`
  if (certificates.length > 0) {
    return ignored.publicKeys > 0 ? "a certificate and a bare public key in one text" : undefined
  }
  if (ignored.privateKeys > 0) return "there is a private key, but no certificate"
  if (ignored.publicKeys > 0) return "there is a bare public key, but no certificate"
  return "there is no certificate"
}
