import { readFileSync } from "node:fs"
import { readCertificate, readPem } from "@countersign/x509"
import { OperatorError } from "./terminal.ts"

/** Reads a file whole; what stands in the way is an `OperatorError`. */
export function readFile(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : "unknown reason"
    throw new OperatorError(`cannot read ${path} (${why}); name a file that can be read`)
  }
}

/** The certificates of a PEM file, the leaf first; private keys beside them are not read. */
export function readChain(path: string): readonly Uint8Array[] {
  const { certificates, problems } = readPem(readFile(path))
  const [first] = problems
  if (first !== undefined) {
    throw new OperatorError(
      `${path}, line ${first.line}: ${first.problem}; give certificates as PEM`,
    )
  }
  if (certificates.length === 0) {
    throw new OperatorError(
      `${path} holds no certificate; give certificates as PEM, the leaf first`,
    )
  }
  const leaf = readCertificate(certificates[0] ?? new Uint8Array())
  if (leaf._tag === "Malformed") {
    throw new OperatorError(
      `${path}: the first certificate is not valid DER (${leaf.at}: ${leaf.problem}); have it issued again`,
    )
  }
  return certificates
}
