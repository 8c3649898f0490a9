import type { Flags, Identity, Mechanism } from "@countersign/engine"
import fc from "fast-check"
import type { CasePolicy } from "../../vectors/decision-case.ts"
import { mostly, towardsFirst } from "./values.ts"

export const ORG = "acme"
export const API = "orders"

export const token: Mechanism = { _tag: "authToken", certificate: false }
export const dynamic: Mechanism = { _tag: "authToken", certificate: true }
export const jwt: Mechanism = { _tag: "jwt" }
export const keyless: Identity = { _tag: "keyless" }

export const mechanisms: fc.Arbitrary<Mechanism> = fc.constantFrom(token, dynamic, jwt)

export const alternatives: fc.Arbitrary<Identity> = fc
  .array(fc.array(mechanisms, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
  .map((groups) => ({ _tag: "alternatives", groups }))

/** Every API that asks who calls. */
export const identified: fc.Arbitrary<Identity> = fc.oneof(
  towardsFirst,
  { weight: 3, arbitrary: mechanisms },
  { weight: 1, arbitrary: alternatives },
)

export const identities: fc.Arbitrary<Identity> = fc.oneof(
  towardsFirst,
  { weight: 7, arbitrary: identified },
  { weight: 1, arbitrary: fc.constant(keyless) },
)

/** An authority may be listed as a leaf, for itself; a leaf among the authorities admits what it signed. */
export const lists: fc.Arbitrary<Exclude<CasePolicy["staticMtls"], "off">> = fc.record({
  leaves: fc.constantFrom(["alice"], ["bob", "alice"], ["alice", "root"], ["root"], []),
  anchors: fc.constantFrom(["root"], ["second root", "root"], ["alice", "second root"], []),
})

/** Of these, a certificate is admitted by a path alone. */
export const authorities: typeof lists = fc.record({
  leaves: fc.constant([]),
  anchors: mostly(["root"], ["second root", "root"]),
})

export const flags: fc.Arbitrary<Flags> = fc.record({
  allowDynamicMtlsTokenAuth: fc.constantFrom(false, false, false, true),
  certificateTokenBinding: fc.constantFrom(true, true, true, false),
  boundCertificateSatisfiesAllowList: fc.constantFrom(false, false, true),
})

export const modes: fc.Arbitrary<CasePolicy["revocation"]> = fc.constantFrom("off", "soft", "hard")

export interface PolicyParts {
  readonly staticMtls: fc.Arbitrary<CasePolicy["staticMtls"]>
  readonly identity: fc.Arbitrary<Identity>
  readonly flags: fc.Arbitrary<Flags>
  readonly revocation: fc.Arbitrary<CasePolicy["revocation"]>
}

export function policies(parts: Partial<PolicyParts> = {}): fc.Arbitrary<CasePolicy> {
  return fc.record({
    apiId: fc.constant(API),
    orgId: fc.constant(ORG),
    staticMtls: parts.staticMtls ?? fc.oneof(towardsFirst, fc.constant("off" as const), lists),
    identity: parts.identity ?? identities,
    flags: parts.flags ?? flags,
    revocation: parts.revocation ?? modes,
    stripAuthorizationData: mostly(false, true),
  })
}
