import type { CertificateEntry } from "../certificates/entry.ts"
import type { CompiledApi } from "../compile-api.ts"
import { below, problem, type Report } from "../problem.ts"

/**
 * Says of each listed authority that what it signs is not admitted: certification paths are not examined
 * yet, so that such an entry works for itself alone.
 */
export function checkAuthorities(
  compiled: readonly CompiledApi[],
  everyApi: readonly CertificateEntry[],
  report: Report,
): void {
  const general = new Set(everyApi)
  for (const { definition, entries } of compiled) {
    const own = entries.filter((entry) => entry.isAuthority && !general.has(entry))
    const listed = everyApi.some((entry) => entry.isAuthority) && definition.staticMtls === "on"
    if (own.length === 0 && !listed) continue
    const message = `API \`${definition.apiId}\` lists a certificate that may sign others; it is admitted itself, what it signs is not`
    const remedy = "list the certificates of the clients"
    report(
      problem(
        "certificate.authority_paths",
        below(definition.place, "client_certificates"),
        message,
        remedy,
      ),
    )
  }
}
