import { type Certificate, type PemContents, readCertificate, readPem } from "@countersign/x509"
import { sha256 } from "@countersign/x509/node"
import { decodeText } from "../document/read-text.ts"
import { type Place, type Problem, problem, type Report } from "../problem.ts"

/** What one PEM text stands for: its first certificate. */
export interface CertificateEntry {
  /** Of the DER, 64 lower-case hexadecimal digits. */
  readonly sha256: string
  readonly certificate: Certificate
  /** Whether it may sign others: basic constraints with cA TRUE. */
  readonly isAuthority: boolean
  /** The certificates after the first: material for paths, never entries. */
  readonly others: readonly PathMaterial[]
}

export interface PathMaterial {
  readonly sha256: string
  readonly certificate: Certificate
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
  const fault = faultOf(contents, place)
  if (fault !== undefined) {
    report(fault)
    return undefined
  }
  if (contents.ignored.privateKeys > 0) {
    const message = "a private key stands beside the certificate; it is ignored"
    const remedy = "remove it: only the certificate is needed here"
    report(problem("certificate.private_key", place, message, remedy))
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
    ...materialOf(first),
    isAuthority: first.extensions.basicConstraints?.ca === true,
    others: others.filter((other) => other._tag === "Certificate").map(materialOf),
  }
}

/** Reads a file; what is no text is no PEM. */
export function readEntryFile(
  bytes: Uint8Array,
  place: Place,
  report: Report,
): CertificateEntry | undefined {
  const text = decodeText(bytes, place.file)
  if (typeof text === "string") return readEntry(text, place, report)
  report(problem("certificate.unreadable", place, notPem, notPemRemedy))
  return undefined
}

const notPem = "this is not PEM"
const notPemRemedy =
  "give the client's certificate as PEM; `openssl x509 -inform der` makes it of DER"

function materialOf(certificate: Certificate): PathMaterial {
  return { sha256: sha256(certificate.der), certificate }
}

const remedy = "give the client's certificate as PEM"

function faultOf(contents: PemContents, place: Place): Problem | undefined {
  const { certificates, ignored, problems } = contents
  const [first] = problems
  if (first !== undefined) {
    const message = `PEM, line ${first.line}: ${first.problem}`
    return problem("certificate.unreadable", place, message, remedy)
  }
  if (certificates.length > 0) {
    const message = "a certificate and a bare public key stand in one text"
    return ignored.publicKeys > 0
      ? problem("certificate.public_key", place, message, remedy)
      : undefined
  }
  if (ignored.privateKeys > 0) {
    const message = "there is a private key, but no certificate"
    return problem("certificate.only_private_key", place, message, remedy)
  }
  if (ignored.publicKeys > 0) {
    const message = "there is a bare public key, but no certificate"
    return problem("certificate.public_key", place, message, remedy)
  }
  return problem("certificate.unreadable", place, notPem, notPemRemedy)
}
