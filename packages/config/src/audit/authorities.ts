import { X509Certificate } from "node:crypto"
import { certificateId } from "@countersign/x509"
import type { CertificateEntry } from "../certificates/entry.ts"
import type { Configuration } from "../configuration.ts"
import { problem, type Report } from "../problem.ts"
import { isDynamic } from "./asks.ts"
import { groupBy } from "./group.ts"

/**
 * Authorities stored for a dynamic API, where a certificate stands for itself alone (seed S3): only those
 * that signed another certificate of the configuration, because what `openssl req -x509` makes is one too.
 */
export function auditAuthorities({ facts, certificates }: Configuration, report: Report): void {
  const dynamic = facts.apis.filter(({ api }) => isDynamic(api.policy))
  const organisations = new Set(dynamic.map(({ definition }) => definition.orgId))
  if (organisations.size === 0) return
  const byIssuer = groupBy(facts.certificates.values(), ({ certificate }) => certificate.issuer.key)
  for (const { entry, place } of facts.stored) {
    if (!entry.isAuthority) continue
    const orgs = [...organisations].filter((org) =>
      certificates.has(certificateId(org, entry.sha256)),
    )
    const below = byIssuer.get(entry.certificate.subject.key) ?? []
    if (orgs.length === 0 || !below.some((other) => signed(entry, other))) continue
    const message =
      "this authority is stored, but in a dynamic API a certificate stands for itself alone: what it signed is not let in"
    const remedy = "store the certificates of the clients"
    report(problem("certificate.authority_enrolled", place, message, remedy))
  }
}

function signed(authority: CertificateEntry, other: CertificateEntry): boolean {
  if (authority.sha256 === other.sha256) return false
  try {
    const { publicKey } = new X509Certificate(authority.certificate.der)
    return new X509Certificate(other.certificate.der).verify(publicKey)
  } catch {
    return false
  }
}
