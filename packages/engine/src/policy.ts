import { type Fingerprint, fingerprint } from "./fingerprint.ts"
import { FingerprintSet } from "./fingerprint-set.ts"
import { type Responses, type ResponsesInput, responses } from "./reasons.ts"
import type { Obligation } from "./verdict.ts"

/** The rule of one API, compiled once. */
export interface Policy {
  readonly apiId: string
  readonly orgId: string
  readonly staticMtls: StaticMtls | "off"
  readonly identity: Identity
  readonly flags: Flags
  readonly revocation: "off" | "soft" | "hard"
  readonly stripAuthorizationData: boolean
  readonly obligations: readonly Obligation[]
  readonly responses: Responses
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
  /** Default false. True reopens dynamic-mTLS APIs to tokens alone (seeds S0, S1). */
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
  const { apiId, orgId, staticMtls, identity, flags = {}, revocation = "off" } = input
  const { stripAuthorizationData = false } = input
  if (typeof apiId !== "string" || apiId === "") throw new TypeError("policy.apiId must be a text")
  if (typeof orgId !== "string") throw new TypeError("policy.orgId must be a string")
  if (!["off", "soft", "hard"].includes(revocation)) {
    throw new TypeError("policy.revocation must be one of: off, soft, hard")
  }
  requireBoolean(stripAuthorizationData, "stripAuthorizationData")
  return {
    apiId,
    orgId,
    staticMtls: staticMtls === "off" ? "off" : allowList(staticMtls),
    identity: checkedIdentity(identity),
    flags: checkedFlags(flags),
    revocation,
    stripAuthorizationData,
    obligations: stripAuthorizationData ? strip : none,
    responses: responses(input.responses),
  }
}

function allowList(input: Exclude<PolicyInput["staticMtls"], "off">): StaticMtls {
  return {
    leaves: new FingerprintSet(fingerprints(input?.leaves, "leaves")),
    anchors: new FingerprintSet(fingerprints(input?.anchors, "anchors")),
  }
}

function fingerprints(list: readonly string[], name: string): Fingerprint[] {
  if (!Array.isArray(list)) throw new TypeError(`policy.staticMtls.${name} must be a list`)
  return list.map(fingerprint)
}

function checkedIdentity(identity: Identity): Identity {
  if (identity?._tag === "keyless") return { _tag: "keyless" }
  if (identity?._tag !== "alternatives") return checkedMechanism(identity)
  const { groups } = identity
  if (!Array.isArray(groups) || groups.length === 0 || groups.some((group) => group.length === 0)) {
    throw new TypeError("policy.identity.groups must be a non-empty list of non-empty groups")
  }
  return { _tag: "alternatives", groups: groups.map((group) => group.map(checkedMechanism)) }
}

function checkedMechanism(mechanism: Mechanism): Mechanism {
  if (mechanism?._tag === "jwt") return { _tag: "jwt" }
  if (mechanism?._tag !== "authToken")
    throw new TypeError("policy.identity is not a known mechanism")
  requireBoolean(mechanism.certificate, "identity.certificate")
  return { _tag: "authToken", certificate: mechanism.certificate }
}

function checkedFlags(flags: Partial<Flags>): Flags {
  const checked: Flags = {
    allowDynamicMtlsTokenAuth: flags.allowDynamicMtlsTokenAuth ?? false,
    certificateTokenBinding: flags.certificateTokenBinding ?? true,
    boundCertificateSatisfiesAllowList: flags.boundCertificateSatisfiesAllowList ?? false,
  }
  for (const [name, value] of Object.entries(checked)) requireBoolean(value, `flags.${name}`)
  for (const name of Object.keys(flags)) {
    if (!Object.hasOwn(checked, name)) throw new TypeError(`policy.flags.${name} is not a flag`)
  }
  return checked
}

function requireBoolean(value: unknown, name: string): void {
  if (typeof value !== "boolean") throw new TypeError(`policy.${name} must be a boolean`)
}
