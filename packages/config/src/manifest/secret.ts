import { type CertificateEntry, readEntry } from "../certificates/entry.ts"
import { isRecord, own } from "../document/record.ts"
import { below, type Place, problem, type Report, shown } from "../problem.ts"
import type { Manifest } from "./manifest.ts"

/** Finds an object by kind, namespace and name. */
export type FindManifest = (
  kind: Manifest["kind"],
  namespace: string,
  name: string,
) => Manifest | undefined

/**
 * The certificate of a secret; undefined where there is none, with the reason reported.
 *
 * The key beside it, which such secrets carry, is neither decoded nor kept.
 */
export function secretEntry(
  name: string,
  namespace: string,
  reference: Place,
  find: FindManifest,
  report: Report,
): CertificateEntry | undefined {
  const secret = find("Secret", namespace, name)
  const text = secret && textOf(secret)
  if (secret === undefined || text === undefined) {
    const what = secret === undefined ? "there is no such secret" : "it has no readable `tls.crt`"
    const message = `secret \`${shown(namespace)}/${shown(name)}\`: ${what}`
    const remedy = "add the secret to the manifests, or remove the entry"
    report(problem("allow_list.unresolved", reference, message, remedy))
    return undefined
  }
  for (const member of ["data", "stringData"] as const) {
    const data = own(secret.value, member)
    if (!isRecord(data) || own(data, keyMember) === undefined) continue
    const message = "a private key stands beside the certificate; it is ignored"
    const remedy = "leave it out: only the certificate is needed here"
    const at = below(secret.place, member, keyMember)
    report(problem("certificate.private_key", at, message, remedy))
  }
  return readEntry(text, below(secret.place, "data", certificateMember), report)
}

const certificateMember = "tls.crt"
const keyMember = "tls.key"

function textOf({ value }: Manifest): string | undefined {
  const plain = own(value, "stringData")
  const written = isRecord(plain) ? own(plain, certificateMember) : undefined
  if (typeof written === "string") return written
  const data = own(value, "data")
  const encoded = isRecord(data) ? own(data, certificateMember) : undefined
  if (typeof encoded !== "string") return undefined
  const compact = encoded.replace(/\s/g, "")
  const decoded = Buffer.from(compact, "base64")
  // Node leaves out what is not base64; what does not come back was not.
  return decoded.toString("base64") === compact ? decoded.toString("latin1") : undefined
}
