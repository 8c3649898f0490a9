import type { Certificate } from "../certificate/certificate.ts"
import { equalBytes } from "../equal-bytes.ts"
import type { Malformed } from "../malformed.ts"
import type { Anchors } from "./anchors.ts"

/** A certificate that may have issued another; `anchor` is the id if it is a configured one. */
export interface Candidate {
  readonly certificate: Certificate
  readonly anchor: string | undefined
}

/** Presented certificates by subject: an untrusted heap in which order and repetition mean nothing. */
export type Pool = ReadonlyMap<string, readonly Candidate[]>

/** Keeps at most `limit` different certificates, none of them the leaf itself. */
export function poolOf(
  leaf: Certificate,
  extras: readonly (Certificate | Malformed)[],
  limit: number,
): Pool {
  const pool = new Map<string, Candidate[]>()
  for (const certificate of extras.slice(0, limit)) {
    if (certificate._tag === "Malformed" || equalBytes(certificate.der, leaf.der)) continue
    const same = pool.get(certificate.subject.key)
    if (same === undefined) pool.set(certificate.subject.key, [{ certificate, anchor: undefined }])
    else if (!same.some((other) => equalBytes(other.certificate.der, certificate.der))) {
      same.push({ certificate, anchor: undefined })
    }
  }
  return pool
}

/** Everything that carries the name of `child`'s issuer: valid now before the rest, anchors before presented ones. */
export function issuersOf(
  child: Certificate,
  anchors: Anchors,
  pool: Pool,
  now: number,
): readonly Candidate[] {
  const configured = anchors.bySubject.get(child.issuer.key) ?? []
  const presented = pool.get(child.issuer.key) ?? []
  const all = [
    ...configured.map(({ id, certificate }) => ({ certificate, anchor: id })),
    ...presented,
  ]
  if (all.length < 2) return all
  const isValid = ({ certificate }: Candidate): boolean => isWithin(certificate.validity, now)
  return [...all.filter(isValid), ...all.filter((one) => !isValid(one))]
}

export function isWithin(
  { notBefore, notAfter }: { readonly notBefore: number; readonly notAfter: number },
  now: number,
): boolean {
  return notBefore <= now && now <= notAfter
}
