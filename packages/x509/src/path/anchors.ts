import type { Certificate } from "../certificate/certificate.ts"

/** A configured certificate that paths may end at, self-signed or not; `id` is the caller's name for it. */
export interface Anchor {
  readonly id: string
  readonly certificate: Certificate
}

/** Anchors by the name that a certificate below them carries as its issuer. */
export interface Anchors {
  readonly bySubject: ReadonlyMap<string, readonly Anchor[]>
}

/** Indexes anchors once, so that an examination costs the same whatever their number. */
export function prepareAnchors(anchors: Iterable<Anchor>): Anchors {
  const bySubject = new Map<string, Anchor[]>()
  for (const anchor of anchors) {
    const { key } = anchor.certificate.subject
    const same = bySubject.get(key)
    if (same === undefined) bySubject.set(key, [anchor])
    else same.push(anchor)
  }
  return { bySubject }
}
