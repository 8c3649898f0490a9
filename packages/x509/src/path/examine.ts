import type { Certificate } from "../certificate/certificate.ts"
import { equalBytes } from "../equal-bytes.ts"
import type { Malformed } from "../malformed.ts"
import { checkPolicies } from "../policy/check-policies.ts"
import type { Anchors } from "./anchors.ts"
import { type Spending, spend } from "./budget.ts"
import { completeWithin } from "./complete.ts"
import type { Examination, TrustPath } from "./examination.ts"
import { type CertificateFailure, type Failure, moreSpecific } from "./failure.ts"
import { checkNames } from "./names/check-names.ts"
import { type ExamineOptions, type Settings, settingsOf } from "./options.ts"
import { type Candidate, issuersOf, isWithin, type Pool, poolOf } from "./pool.ts"
import { issuerRule, pathLengthRule } from "./rules/issuer.ts"
import { leafRule } from "./rules/leaf.ts"
import { misfit, type SignatureCheck, signatureCheck } from "./signature-check.ts"
import { certificatesOf, firstStep, nextStep, type Step } from "./step.ts"

/** One examination under way; a step either extends a path or leaves a failure. */
interface Search {
  readonly anchors: Anchors
  readonly pool: Pool
  readonly settings: Settings
  readonly spending: Spending
  /** Signatures already checked, by signed certificate and signer's key: backtracking asks again. */
  readonly signed: Map<Certificate, { readonly spki: Uint8Array; readonly verified: boolean }[]>
  /** What `issuerRule` said, since a certificate may be met on many ways. */
  readonly judged: Map<Certificate, CertificateFailure | undefined>
  readonly validNow: TrustPath[]
  readonly others: TrustPath[]
  isCut: boolean
  failure: Failure | undefined
}

/**
 * Searches paths from `leaf`, whose key the client proved, to `anchors`, and validates them for client
 * authentication (RFC 5280 §6).
 *
 * `extras` are untrusted material in any order. Yields every signature that must be checked and expects whether
 * it verifies. Total, and bounded by the budgets of `options`; time only orders the search.
 */
export function* examine(
  leaf: Certificate | Malformed,
  extras: readonly (Certificate | Malformed)[],
  anchors: Anchors,
  options: ExamineOptions,
): Generator<SignatureCheck, Examination, boolean> {
  const settings = settingsOf(options)
  if (leaf._tag === "Malformed") return refusal({ _tag: "LeafUnreadable", malformed: leaf })
  const failure = leafRule(leaf, settings)
  if (failure !== undefined) return refusal(failure)
  const search: Search = {
    anchors,
    pool: poolOf(leaf, extras, settings.budget.extras),
    settings,
    spending: { ...unspent },
    signed: new Map(),
    judged: new Map(),
    validNow: [],
    others: [],
    isCut: false,
    failure: firstUnreadable(extras),
  }
  yield* extend(search, firstStep(leaf))
  return conclude(search, leaf, extras.length - settings.budget.extras)
}

const unspent: Spending = { signatures: 0, steps: 0, comparisons: 0, exhausted: undefined }
const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }

function refusal(failure: Failure): Examination {
  return { paths: [], failure, spent: unspent, complete: always }
}

function firstUnreadable(extras: readonly (Certificate | Malformed)[]): Failure | undefined {
  const index = extras.findIndex((extra) => extra._tag === "Malformed")
  const malformed = extras[index]
  return malformed?._tag === "Malformed" ? { _tag: "ExtraUnreadable", index, malformed } : undefined
}

/** Tries every issuer of the newest certificate; recursion is as deep as the pool is large, at most. */
function* extend(search: Search, step: Step): Generator<SignatureCheck, void, boolean> {
  const { anchors, pool, settings } = search
  const candidates = issuersOf(step.certificate, anchors, pool, settings.now).filter(
    ({ certificate }) => !isRepeated(step, certificate),
  )
  if (candidates.length === 0)
    note(search, { _tag: "IssuerUnknown", certificate: step.certificate })
  for (const candidate of candidates) {
    if (isOver(search)) return
    const failure = yield* refuse(search, step, candidate)
    if (failure !== undefined) note(search, failure)
    else if (candidate.anchor !== undefined)
      arrive(search, step, candidate.certificate, candidate.anchor)
    else yield* extend(search, nextStep(step, candidate.certificate))
  }
}

function note(search: Search, failure: Failure): void {
  search.failure = moreSpecific(search.failure, failure)
}

function isOver(search: Search): boolean {
  const { spending, settings, validNow } = search
  const goesOn =
    validNow.length < settings.budget.paths && spend(spending, settings.budget, "steps")
  if (!goesOn) search.isCut = true
  return !goesOn
}

/** An authority, that is a name with a key, stands on a path once: otherwise cycles of cross-signed ones never end. */
function isRepeated(step: Step, { subject, spki }: Certificate): boolean {
  for (let at: Step | undefined = step; at !== undefined; at = at.below) {
    if (at.certificate.subject.key === subject.key && equalBytes(at.certificate.spki, spki)) {
      return true
    }
  }
  return false
}

/** Why `candidate` cannot stand above `step`; undefined if it can. The signature comes after what costs less. */
function* refuse(
  search: Search,
  step: Step,
  { certificate: issuer, anchor }: Candidate,
): Generator<SignatureCheck, CertificateFailure | undefined, boolean> {
  const { settings } = search
  const failure =
    keyIdentifierRule(step.certificate, issuer) ??
    judge(search, issuer) ??
    pathLengthRule(issuer, step.intermediates) ??
    (anchor === undefined ? depthRule(step, issuer, settings.depth) : undefined)
  if (failure !== undefined) return failure
  const reason = misfit(step.certificate.signatureAlgorithm, issuer.key)
  if (reason !== undefined) {
    return { _tag: "AlgorithmRefused", certificate: step.certificate, reason }
  }
  if (!(yield* isSigned(search, step.certificate, issuer))) {
    return { _tag: "SignatureInvalid", certificate: step.certificate, issuer }
  }
  if (issuer.extensions.nameConstraints === undefined) return undefined
  return checkNames(issuer, constrained(step), (amount) => pay(search, amount))
}

function judge({ judged, settings }: Search, issuer: Certificate): CertificateFailure | undefined {
  if (judged.has(issuer)) return judged.get(issuer)
  const failure = issuerRule(issuer, settings.profile)
  judged.set(issuer, failure)
  return failure
}

function pay({ spending, settings }: Search, comparisons: number): boolean {
  return spend(spending, settings.budget, "comparisons", comparisons)
}

/** RFC 5280 §4.2.1.1: identifiers that are both present and differ name another key. */
function keyIdentifierRule(
  certificate: Certificate,
  issuer: Certificate,
): CertificateFailure | undefined {
  const wanted = certificate.extensions.authorityKeyIdentifier?.keyIdentifier
  const offered = issuer.extensions.subjectKeyIdentifier
  if (wanted === undefined || offered === undefined || wanted === offered) return undefined
  return { _tag: "KeyIdentifierDiffers", certificate, issuer }
}

function depthRule(
  step: Step,
  certificate: Certificate,
  limit: number,
): CertificateFailure | undefined {
  if (nextStep(step, certificate).intermediates <= limit) return undefined
  return { _tag: "PathTooLong", certificate, limit }
}

function* isSigned(
  search: Search,
  certificate: Certificate,
  issuer: Certificate,
): Generator<SignatureCheck, boolean, boolean> {
  const known = search.signed.get(certificate) ?? []
  const same = known.find(({ spki }) => equalBytes(spki, issuer.spki))
  if (same !== undefined) return same.verified
  if (!spend(search.spending, search.settings.budget, "signatures")) return false
  const verified = yield signatureCheck(certificate, issuer)
  search.signed.set(certificate, [...known, { spki: issuer.spki, verified }])
  return verified
}

/** Self-issued intermediates are exempt from name constraints, so that keys can roll over (RFC 5280 §6.1.3 (b)). */
function constrained(step: Step): Certificate[] {
  return certificatesOf(step).filter(
    ({ issuer, subject }, i) => i === 0 || issuer.key !== subject.key,
  )
}

/** A path has reached `anchor`; what depends on all of it is checked now. */
function arrive(search: Search, step: Step, anchor: Certificate, id: string): void {
  const { settings, validNow, others } = search
  const whole = nextStep(step, anchor)
  const certificates = certificatesOf(whole)
  const failure = checkPolicies(certificates.toReversed(), settings.policies, (amount) =>
    pay(search, amount),
  )
  if (failure !== undefined) {
    note(search, failure)
    return
  }
  const { notBefore, notAfter } = whole
  const path = { anchor: id, notBefore, notAfter, certificates }
  if (isWithin(path, settings.now)) {
    validNow.push(path)
    return
  }
  for (const late of certificates.filter(({ validity }) => !isWithin(validity, settings.now))) {
    note(search, outOfTime(late, settings.now))
  }
  if (others.length < settings.budget.paths) others.push(path)
  else search.isCut = true
}

function outOfTime(certificate: Certificate, now: number): Failure {
  const when = now < certificate.validity.notBefore ? "not yet valid" : "expired"
  return { _tag: "OutOfTime", certificate, when }
}

function conclude(search: Search, leaf: Certificate, ignored: number): Examination {
  const { spending, validNow, others, settings } = search
  const exhausted = spending.exhausted ?? (ignored > 0 ? "extras" : undefined)
  const failure =
    exhausted === undefined
      ? search.failure
      : ({ _tag: "BudgetExhausted", budget: exhausted } as const)
  const isCut = search.isCut || spending.exhausted !== undefined
  return {
    paths: [...validNow, ...others],
    failure: validNow.length > 0 ? undefined : failure,
    spent: spending,
    complete: isCut ? completeWithin(leaf, search.anchors, search.pool, settings.now) : always,
  }
}
