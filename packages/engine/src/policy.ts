import { FingerprintSet } from "./fingerprint-set.ts"
import {
  fingerprintsAt,
  refuseUnknown,
  requireBoolean,
  requireObject,
  requireText,
} from "./input.ts"
import { type Response, type Responses, type ResponsesInput, responses } from "./reasons.ts"
import type { Obligation } from "./verdict.ts"

/** The rule of one API, compiled once. */
export interface Policy {
  readonly apiId: string
  readonly orgId: string
  readonly staticMtls: StaticMtls | "off"
  readonly identity: Identity
  readonly flags: Flags
  /** Read by the allow list alone; elsewhere the certificate store says what counts. */
  readonly revocation: "off" | "soft" | "hard"
  readonly stripAuthorizationData: boolean
  readonly obligations: readonly Obligation[]
  readonly responses: Responses
  /** The response to a certificate that is not listed, ready to take its fingerprint. */
  readonly stranger: StrangerResponse
}

/** `mtls.cert_not_allowed`: what its message says before and after `<sha256>`; it may not have one. */
export interface StrangerResponse {
  readonly status: number
  readonly before: string
  readonly after: string | undefined
}

/** The allow list (static mTLS). An entry with cA TRUE stands in both: it works for itself and for what it signs. */
export interface StaticMtls {
  readonly leaves: FingerprintSet
  readonly anchors: FingerprintSet
}

/** One way to authenticate. `certificate: true` is dynamic mTLS: the certificate identifies the session. */
export type Mechanism =
  | { readonly _tag: "authToken"; readonly certificate: boolean }
  | { readonly _tag: "jwt" }

/** `alternatives`: any group suffices; within a group every mechanism must succeed. */
export type Identity =
  | { readonly _tag: "keyless" }
  | Mechanism
  | { readonly _tag: "alternatives"; readonly groups: readonly (readonly Mechanism[])[] }

/** Gateway flags, folded in when the policy is compiled. */
export interface Flags {
  /**
   * Default false. True reopens dynamic-mTLS APIs to tokens alone (seeds S0, S1), and lets keys that
   * anybody can compute be tokens, on every API.
   */
  readonly allowDynamicMtlsTokenAuth: boolean
  /** Default true (seed S4). */
  readonly certificateTokenBinding: boolean
  /** Default false. True lets a bound certificate pass the allow list (seed S4, first snapshot). */
  readonly boundCertificateSatisfiesAllowList: boolean
}

/** A policy as plain data. */
export interface PolicyInput {
  readonly apiId: string
  readonly orgId: string
  /** SHA-256 fingerprints as 64 hexadecimal digits. */
  readonly staticMtls:
    | { readonly leaves: readonly string[]; readonly anchors: readonly string[] }
    | "off"
  readonly identity: Identity
  readonly flags?: Partial<Flags>
  /** Default `off`. */
  readonly revocation?: "off" | "soft" | "hard"
  /** Default false. */
  readonly stripAuthorizationData?: boolean
  readonly responses?: ResponsesInput
}

const strip: readonly Obligation[] = ["strip_authorization_data"]
const none: readonly Obligation[] = []

/** Compiles the rule of one API; wrong types, unknown names and empty alternatives are a `TypeError`. */
export function policy(input: PolicyInput): Policy {
  requireObject(input, "policy")
  refuseUnknown(input, names, "policy")
  const { apiId, orgId, staticMtls, identity, flags = {}, revocation = "off" } = input
  const { stripAuthorizationData = false } = input
  if (typeof apiId !== "string" || apiId === "") {
    throw new TypeError("policy.apiId must be a string that is not empty")
  }
  requireText(orgId, "policy.orgId")
  if (!["off", "soft", "hard"].includes(revocation)) {
    throw new TypeError('policy.revocation must be "off", "soft" or "hard"')
  }
  requireBoolean(stripAuthorizationData, "policy.stripAuthorizationData")
  const answers = responses(input.responses)
  return {
    apiId,
    orgId,
    staticMtls: staticMtls === "off" ? "off" : allowList(staticMtls),
    identity: checkedIdentity(identity),
    flags: checkedFlags(flags),
    revocation,
    stripAuthorizationData,
    obligations: stripAuthorizationData ? strip : none,
    responses: answers,
    stranger: strangerResponse(answers["mtls.cert_not_allowed"]),
  }
}

function strangerResponse({ status, message }: Response): StrangerResponse {
  const mark = "<sha256>"
  const at = message.indexOf(mark)
  if (at < 0) return { status, before: message, after: undefined }
  return { status, before: message.slice(0, at), after: message.slice(at + mark.length) }
}

const names: readonly (keyof PolicyInput)[] = [
  "apiId",
  "orgId",
  "staticMtls",
  "identity",
  "flags",
  "revocation",
  "stripAuthorizationData",
  "responses",
]

function allowList(input: Exclude<PolicyInput["staticMtls"], "off">): StaticMtls {
  const place = "policy.staticMtls"
  if (typeof input !== "object" || input === null) {
    throw new TypeError(`${place} must be "off" or { leaves, anchors }`)
  }
  refuseUnknown(input, ["leaves", "anchors"], place)
  const { leaves, anchors } = input
  return {
    leaves: new FingerprintSet(fingerprintsAt(leaves, `${place}.leaves`, "; it may be empty")),
    anchors: new FingerprintSet(fingerprintsAt(anchors, `${place}.anchors`, "; it may be empty")),
  }
}

function checkedIdentity(identity: Identity): Identity {
  if (identity?._tag === "keyless") return { _tag: "keyless" }
  if (identity?._tag !== "alternatives") return checkedMechanism(identity, "policy.identity")
  const { groups } = identity
  if (!Array.isArray(groups) || groups.length === 0 || groups.some((group) => group.length === 0)) {
    throw new TypeError("policy.identity.groups must be a non-empty list of non-empty groups")
  }
  const mechanisms = groups.map((group: readonly Mechanism[], i: number) =>
    group.map((one: Mechanism, j: number) =>
      checkedMechanism(one, `policy.identity.groups[${i}][${j}]`),
    ),
  )
  return { _tag: "alternatives", groups: mechanisms }
}

function checkedMechanism(mechanism: Mechanism, place: string): Mechanism {
  if (mechanism?._tag === "jwt") return { _tag: "jwt" }
  if (mechanism?._tag !== "authToken") {
    throw new TypeError(`${place} must have a _tag that is known`)
  }
  requireBoolean(mechanism.certificate, `${place}.certificate`)
  return { _tag: "authToken", certificate: mechanism.certificate }
}

function checkedFlags(flags: Partial<Flags>): Flags {
  requireObject(flags, "policy.flags")
  const checked: Flags = {
    allowDynamicMtlsTokenAuth: flags.allowDynamicMtlsTokenAuth ?? false,
    certificateTokenBinding: flags.certificateTokenBinding ?? true,
    boundCertificateSatisfiesAllowList: flags.boundCertificateSatisfiesAllowList ?? false,
  }
  refuseUnknown(flags, Object.keys(checked), "policy.flags")
  for (const [name, value] of Object.entries(checked)) requireBoolean(value, `policy.flags.${name}`)
  return checked
}
