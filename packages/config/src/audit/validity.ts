import type { CertificateEntry } from "../certificates/entry.ts"
import type { Configuration } from "../configuration.ts"
import { type Place, problem, type Report } from "../problem.ts"

const day = 86_400_000

/** Certificates outside of their time, or about to leave it, once each. */
export function auditValidity({ facts }: Configuration, now: number, report: Report): void {
  const places = new Map<CertificateEntry, Place>()
  const see = (entry: CertificateEntry, place: Place): void => {
    if (!places.has(entry)) places.set(entry, place)
  }
  for (const { entry, place } of facts.stored) see(entry, place)
  for (const { entries } of facts.apis) for (const { entry, place } of entries) see(entry, place)
  const seen = new Set<string>()
  for (const [entry, place] of places) {
    if (seen.has(entry.sha256)) continue
    seen.add(entry.sha256)
    checkValidity(entry, place, now, facts.settings.warningDays, report)
  }
}

function checkValidity(
  { certificate }: CertificateEntry,
  place: Place,
  now: number,
  warningDays: number,
  report: Report,
): void {
  const { notBefore, notAfter } = certificate.validity
  const renew = "have it renewed and list the new one"
  if (now < notBefore) {
    const message = `the certificate is valid from ${dateOf(notBefore)}`
    report(problem("certificate.not_yet_valid", place, message, "wait, or list the one before it"))
  } else if (now > notAfter) {
    const message = `the certificate expired on ${dateOf(notAfter)}`
    report(problem("certificate.expired", place, message, renew))
  } else if (notAfter - now <= warningDays * day) {
    const message = `the certificate expires on ${dateOf(notAfter)}, in ${daysOf(notAfter - now)}`
    report(problem("certificate.expires_soon", place, message, renew))
  }
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

function daysOf(span: number): string {
  const days = Math.floor(span / day)
  return days === 1 ? "1 day" : `${days} days`
}
