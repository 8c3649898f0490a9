import type { Certificate } from "../certificate/certificate.ts"
import { anyPolicy } from "../certificate/extension/policies.ts"
import type { CertificateFailure } from "../path/failure.ts"
import type { PolicyInputs } from "../path/options.ts"
import { anchorPolicies, initialRow, mapRow, nextRow, type Row } from "./graph.ts"

/** The state variables of RFC 5280 §6.1.2; `row` is undefined once no policy is left. */
interface State {
  readonly row: Row | undefined
  readonly explicitPolicy: number
  readonly policyMapping: number
  readonly inhibitAny: number
}

/**
 * Processes the certificate policies of a path (RFC 5280 §6.1), anchor first, leaf last.
 *
 * The anchor's policies are not processed, because it is not part of the path; its constraints on later
 * certificates are, as RFC 5937 §3.2 allows. `spend` is asked for each policy that is compared.
 */
export function checkPolicies(
  path: readonly Certificate[],
  inputs: PolicyInputs,
  spend: (amount: number) => boolean,
): CertificateFailure | undefined {
  const [anchor, ...certificates] = path
  if (anchor === undefined) return undefined
  let state = constrain(initialState(certificates.length, inputs), anchor)
  for (const [i, certificate] of certificates.entries()) {
    const isLast = i === certificates.length - 1
    if (!spend(cost(state, certificate))) return refused(certificate, "budget is exhausted")
    const row = rowFor(state, certificate, isLast)
    if (state.explicitPolicy === 0 && row === undefined) {
      return refused(certificate, "a policy is required, and none is left")
    }
    if (isLast) return conclude({ ...state, row }, certificate, inputs)
    if (mapsAnyPolicy(certificate)) return refused(certificate, "anyPolicy is mapped")
    state = prepareNext({ ...state, row }, certificate)
  }
  return undefined
}

function refused(certificate: Certificate, reason: string): CertificateFailure {
  return { _tag: "PolicyRefused", certificate, reason }
}

/** RFC 5280 §6.1.2 (a), (d), (e), (f). */
function initialState(length: number, inputs: PolicyInputs): State {
  return {
    row: initialRow(),
    explicitPolicy: inputs.requireExplicit ? 0 : length + 1,
    policyMapping: inputs.inhibitMapping ? 0 : length + 1,
    inhibitAny: inputs.inhibitAny ? 0 : length + 1,
  }
}

/** RFC 5280 §6.1.3 (d), (e). */
function rowFor(state: State, certificate: Certificate, isLast: boolean): Row | undefined {
  const { policies } = certificate.extensions
  if (state.row === undefined || policies === undefined) return undefined
  const any = state.inhibitAny > 0 || (!isLast && isSelfIssued(certificate))
  return unlessEmpty(nextRow(state.row, policies, any))
}

/** RFC 5280 §6.1.4 (b), (h), (i), (j). */
function prepareNext(state: State, certificate: Certificate): State {
  const mappings = certificate.extensions.policyMappings ?? []
  const row = state.row && unlessEmpty(mapRow(state.row, mappings, state.policyMapping > 0))
  return constrain(
    isSelfIssued(certificate) ? { ...state, row } : decrement({ ...state, row }),
    certificate,
  )
}

function decrement(state: State): State {
  return {
    row: state.row,
    explicitPolicy: Math.max(0, state.explicitPolicy - 1),
    policyMapping: Math.max(0, state.policyMapping - 1),
    inhibitAny: Math.max(0, state.inhibitAny - 1),
  }
}

function constrain(state: State, { extensions }: Certificate): State {
  const { policyConstraints, inhibitAnyPolicy } = extensions
  const least = (current: number, skip: number | undefined): number =>
    Math.min(current, skip ?? current)
  return {
    row: state.row,
    explicitPolicy: least(state.explicitPolicy, policyConstraints?.requireExplicitPolicy),
    policyMapping: least(state.policyMapping, policyConstraints?.inhibitPolicyMapping),
    inhibitAny: least(state.inhibitAny, inhibitAnyPolicy),
  }
}

/** RFC 5280 §6.1.5 (a), (b), (g). */
function conclude(
  state: State,
  leaf: Certificate,
  inputs: PolicyInputs,
): CertificateFailure | undefined {
  const isRequired =
    state.explicitPolicy <= 1 || leaf.extensions.policyConstraints?.requireExplicitPolicy === 0
  if (!isRequired || isAcceptable(state.row, inputs.acceptable)) return undefined
  return refused(leaf, "no acceptable policy is left")
}

function isAcceptable(row: Row | undefined, acceptable: PolicyInputs["acceptable"]): boolean {
  if (row === undefined) return false
  if (acceptable === "any" || acceptable.has(anyPolicy)) return true
  const valid = anchorPolicies(row)
  if (valid.has(anyPolicy)) return acceptable.size > 0
  return [...valid].some((policy) => acceptable.has(policy))
}

/** RFC 5280 §6.1.4 (a). */
function mapsAnyPolicy({ extensions }: Certificate): boolean {
  return (extensions.policyMappings ?? []).some(
    ({ issuerDomain, subjectDomain }) => issuerDomain === anyPolicy || subjectDomain === anyPolicy,
  )
}

function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return issuer.key === subject.key
}

function unlessEmpty(row: Row): Row | undefined {
  return row.nodes.size === 0 ? undefined : row
}

function cost({ row }: State, { extensions }: Certificate): number {
  const own = (extensions.policies?.size ?? 0) + (extensions.policyMappings?.length ?? 0)
  return 1 + own + (row?.size ?? 0)
}
