import type { Certificate } from "../certificate/certificate.ts"

/** A path under construction, from its newest certificate down to the leaf. */
export interface Step {
  readonly certificate: Certificate
  readonly below: Step | undefined
  /** Intermediates so far, without self-issued ones, which RFC 5280 §6.1.4 (l) does not count. */
  readonly intermediates: number
  readonly notBefore: number
  readonly notAfter: number
}

export function firstStep(leaf: Certificate): Step {
  return { certificate: leaf, below: undefined, intermediates: 0, ...leaf.validity }
}

export function nextStep(below: Step, certificate: Certificate): Step {
  const isCounted = certificate.issuer.key !== certificate.subject.key
  return {
    certificate,
    below,
    intermediates: below.intermediates + (isCounted ? 1 : 0),
    notBefore: Math.max(below.notBefore, certificate.validity.notBefore),
    notAfter: Math.min(below.notAfter, certificate.validity.notAfter),
  }
}

/** The certificates of a path, leaf first. */
export function certificatesOf(step: Step): Certificate[] {
  const certificates: Certificate[] = []
  for (let at: Step | undefined = step; at !== undefined; at = at.below) {
    certificates.push(at.certificate)
  }
  return certificates.reverse()
}
