import type { Certificate } from "../certificate/certificate.ts"
import { allReasons } from "../certificate/extension/distribution-points.ts"
import { equalBytes } from "../equal-bytes.ts"
import type { TrustPath } from "../path/examination.ts"
import { isWithin } from "../path/pool.ts"
import { everyRule } from "../path/rules/every.ts"
import { misfit, type SignatureCheck, signatureCheck } from "../path/signature-check.ts"
import { removeFromList } from "./entries.ts"
import type { RevocationList } from "./revocation-list.ts"
import type { ListState, RevocationLists } from "./revocation-lists.ts"
import { reasonsFor } from "./scope.ts"

export interface RevocationOptions {
  /** Epoch milliseconds: lists of the future are not used, and a signer must be valid. */
  readonly now: number
  /** Presented certificates, among which an authority's separate list signer may be. */
  readonly signers?: readonly Certificate[]
  /** Signature verifications; 16 when absent: a path of eight, each with a list and its signer. */
  readonly signatures?: number
}

export type CertificateStatus =
  | { readonly status: "good"; readonly freshUntil: number }
  | { readonly status: "revoked"; readonly date: number; readonly reason: number | undefined }
  | { readonly status: "unknown"; readonly reason: string }

/** What configured lists say about a path. */
export interface PathRevocation {
  /** `revoked` if any certificate is, otherwise `unknown` if any is. */
  readonly status: "good" | "revoked" | "unknown"
  /** Until when the lists say so, in epoch milliseconds; after it the status is unknown. Negative infinity if it is. */
  readonly freshUntil: number
  /** For each certificate of the path except the anchor, leaf first. */
  readonly certificates: readonly CertificateStatus[]
}

interface Check {
  readonly lists: RevocationLists
  readonly signers: readonly Certificate[]
  readonly now: number
  left: number
}

/**
 * Looks up every certificate of a validated path in complete lists of its issuer (RFC 5280 §6.3.3).
 *
 * A list counts if the issuer signed it, another certificate of the same authority on the path, or a signer that
 * this authority or the one above it certified for lists. Yields signatures to be checked, as `examine` does.
 */
export function* checkRevocation(
  path: TrustPath,
  lists: RevocationLists,
  options: RevocationOptions,
): Generator<SignatureCheck, PathRevocation, boolean> {
  const check: Check = {
    lists,
    signers: [...(options.signers ?? []), ...lists.signers],
    now: Math.floor(options.now / 1000) * 1000,
    left: options.signatures ?? 16,
  }
  const certificates: CertificateStatus[] = []
  for (const [i, certificate] of path.certificates.slice(0, -1).entries()) {
    certificates.push(yield* statusOf(check, certificate, path.certificates.slice(i + 1)))
  }
  return { ...worst(certificates), certificates }
}

function worst(
  statuses: readonly CertificateStatus[],
): Pick<PathRevocation, "status" | "freshUntil"> {
  if (statuses.some(({ status }) => status === "revoked")) {
    return { status: "revoked", freshUntil: Number.POSITIVE_INFINITY }
  }
  const ends = statuses.map((one) =>
    one.status === "good" ? one.freshUntil : Number.NEGATIVE_INFINITY,
  )
  const freshUntil = Math.min(...ends)
  return { status: freshUntil === Number.NEGATIVE_INFINITY ? "unknown" : "good", freshUntil }
}

type Answer<A> = Generator<SignatureCheck, A, boolean>

/** What the lists consulted so far say about a certificate that none of them revokes. */
interface Coverage {
  /** Reasons for revoking that have been covered. */
  readonly reasons: number
  readonly freshUntil: number
  /** Why it is not enough yet. */
  readonly missing: string
}

/**
 * Lists are asked from the newest on, until they cover every reason for revoking (RFC 5280 §6.3.3 (d), (e), (l));
 * `above` is the rest of the path, the issuer first.
 */
function* statusOf(
  check: Check,
  certificate: Certificate,
  above: readonly Certificate[],
): Answer<CertificateStatus> {
  let coverage: Coverage = {
    reasons: 0,
    freshUntil: Number.POSITIVE_INFINITY,
    missing: "no list of the issuer",
  }
  for (const state of check.lists.byIssuer.get(certificate.issuer.key) ?? []) {
    const signer = yield* signerOf(check, state, above)
    if (typeof signer === "string") {
      coverage = { ...coverage, missing: signer }
      continue
    }
    const said = consult(state.list, certificate, signer, coverage)
    if ("status" in said) return said
    coverage = said
  }
  return { status: "unknown", reason: coverage.missing }
}

function consult(
  list: RevocationList,
  certificate: Certificate,
  signer: Certificate,
  coverage: Coverage,
): CertificateStatus | Coverage {
  const added = reasonsFor(list, certificate) & ~coverage.reasons
  const isSuperseded = added === 0 && coverage.reasons !== 0
  const entry = list.entries.get(certificate.serial)
  if (entry !== undefined && entry.reason !== removeFromList && !isSuperseded) {
    return { status: "revoked", ...entry }
  }
  if (isSuperseded) return coverage
  if (list.incomplete !== undefined || list.nextUpdate === undefined) {
    return { ...coverage, missing: list.incomplete ?? coverage.missing }
  }
  if (added === 0) return { ...coverage, missing: "list is of other certificates" }
  const reasons = coverage.reasons | added
  const freshUntil = Math.min(coverage.freshUntil, list.nextUpdate, signer.validity.notAfter)
  if (reasons === allReasons) return { status: "good", freshUntil }
  return { reasons, freshUntil, missing: "lists are of some reasons only" }
}

/** Who signed a list that can be used, or why it cannot. */
function* signerOf(
  check: Check,
  state: ListState,
  above: readonly Certificate[],
): Answer<Certificate | string> {
  if (state.list.foreign !== undefined) return state.list.foreign
  if (state.list.thisUpdate > check.now) return "list is of the future"
  const signer = yield* findSigner(check, state, above)
  return signer ?? "list is not signed by the issuer or its signer"
}

function* findSigner(
  check: Check,
  state: ListState,
  above: readonly Certificate[],
): Answer<Certificate | undefined> {
  const named = (one: Certificate): boolean => one.subject.key === state.list.issuer.key
  for (const signer of above.filter(named)) {
    if (yield* isSigner(check, state, signer)) return signer
  }
  for (const signer of check.signers.filter(named)) {
    if (!signsLists(signer) || everyRule(signer, "default") !== undefined) continue
    if (!isWithin(signer.validity, check.now)) continue
    if (!(yield* isSigner(check, state, signer))) continue
    if (yield* isCertified(check, signer, state, above)) return signer
  }
  return undefined
}

/** RFC 5280 §6.3.3 (f): the usage, if there is one, must allow signing lists. */
function* isSigner(check: Check, state: ListState, signer: Certificate): Answer<boolean> {
  const { list, verifiedBy } = state
  if (signer.extensions.keyUsage !== undefined && !signsLists(signer)) return false
  const wanted = list.authorityKeyIdentifier
  const offered = signer.extensions.subjectKeyIdentifier
  if (wanted !== undefined && offered !== undefined && wanted !== offered) return false
  if (verifiedBy.some((spki) => equalBytes(spki, signer.spki))) return true
  const verified = yield* isSignedBy(check, list, signer)
  if (verified) verifiedBy.push(signer.spki)
  return verified
}

function signsLists({ extensions }: Certificate): boolean {
  return extensions.keyUsage?.has("cRLSign") === true
}

function* isSignedBy(
  check: Check,
  signed: RevocationList | Certificate,
  signer: Certificate,
): Answer<boolean> {
  if (misfit(signed.signatureAlgorithm, signer.key) !== undefined || check.left === 0) return false
  check.left -= 1
  return yield signatureCheck(signed, signer)
}

/** A separate signer is certified by the issuer or by the authority above it, and is not itself revoked. */
function* isCertified(
  check: Check,
  signer: Certificate,
  own: ListState,
  above: readonly Certificate[],
): Answer<boolean> {
  for (const issuer of above.slice(0, 2)) {
    if (issuer.subject.key !== signer.issuer.key) continue
    if (!(yield* isSignedBy(check, signer, issuer))) continue
    return !(yield* isListed(check, signer, issuer, own))
  }
  return false
}

function* isListed(
  check: Check,
  signer: Certificate,
  issuer: Certificate,
  own: ListState,
): Answer<boolean> {
  for (const state of check.lists.byIssuer.get(signer.issuer.key) ?? []) {
    const { foreign, thisUpdate, entries } = state.list
    if (foreign !== undefined || thisUpdate > check.now || !entries.has(signer.serial)) continue
    if (state === own || (yield* isSigner(check, state, issuer))) return true
  }
  return false
}
