import { policyClasses, sessionClasses } from "../../states/dimensions.ts"
import type { CredentialState, PolicyState } from "../../states/state.ts"
import {
  type Misreading,
  takesHolder,
  takesHolderSession,
  takesPolicy,
  takesSession,
  takesToken,
} from "../misreading.ts"

const kinds = { none: 0, session: 2 } as const
const relations = { same: 1, another: 2 } as const
const namesL = sessionClasses.certificate.indexOf("L enrolled")
const keyless = policyClasses.identity.indexOf("keyless")
const alternatives = policyClasses.identity.indexOf("alternatives")

const beside = { connection: { transport: "peer" } } as const

/** What token and certificate say of the caller, and whether they belong together. */
export const sessionRows: readonly Misreading[] = [
  {
    class: "token-of-public-data",
    rule: "a key that anybody can compute is a token",
    takes: takesSession({ secret: "no" }, { secret: "yes" }),
  },
  {
    class: "organisations-mixed",
    rule: "the organisation of a session is not compared",
    takes: takesSession({ org: "other" }, { org: "ours" }),
  },
  {
    class: "organisations-mixed",
    rule: "what another organisation stored about the certificate counts",
    takes: takesHolder({ holder: "other org" }, { holder: "enrolled" }),
  },
  {
    class: "stale-holder",
    rule: "what was remembered of another certificate counts for this one",
    takes: takesHolder({ holder: "other leaf" }, { holder: "enrolled" }),
  },
  {
    class: "stale-holder",
    rule: "a session that now names another certificate is still found by the old one",
    takes: takesHolderSession(
      { certificate: ["none", "other enrolled", "other unenrolled"] },
      { certificate: "L enrolled" },
    ),
  },
  {
    class: "certificate-not-enrolled",
    rule: "whether the certificate is still stored is not asked",
    takes: takesHolder({ holder: "unenrolled" }, { holder: "enrolled" }),
  },
  {
    class: "certificate-not-enrolled",
    rule: "whether the session's certificate is still stored is not asked",
    takes: takesSession({ certificate: "L unenrolled" }, { certificate: "L enrolled" }),
  },
  {
    class: "certificate-not-enrolled",
    rule: "nor where the session names another certificate",
    takes: takesSession({ certificate: "other unenrolled" }, { certificate: "other enrolled" }),
  },
  {
    class: "token-and-certificate-apart",
    rule: "a token beside a certificate is not looked at",
    where: { ...beside, policy: { identity: "dynamic", tokenAuth: "no" } },
    takes: { part: "credentials", read: withoutToken },
  },
  {
    class: "token-and-certificate-apart",
    rule: "where a token will do, its session replaces the certificate's",
    where: { ...beside, policy: { identity: "dynamic", tokenAuth: "yes" } },
    takes: { part: "credentials", read: tokenWins },
  },
  {
    class: "unreadable-binds-to-nothing",
    rule: "an empty list of bindings is none",
    takes: takesSession({ bindings: "empty" }, { bindings: "none" }),
  },
  {
    class: "unreadable-binds-to-nothing",
    rule: "a confirmation that cannot be read is none",
    takes: takesToken({ confirmation: "malformed" }, { confirmation: "none" }),
  },
  {
    class: "stolen-token",
    rule: "bindings are never compared with the certificate",
    takes: takesPolicy({ binding: "yes" }, { binding: "no" }),
  },
  {
    class: "binding-only-with-allow-list",
    rule: "bindings are not compared where no allow list is on",
    where: { policy: { staticMtls: "off" } },
    takes: takesPolicy({ binding: "yes" }, { binding: "no" }),
  },
  {
    class: "confirmation-not-checked",
    rule: "confirmations are never compared with the certificate",
    takes: takesToken({ confirmation: ["L", "other", "malformed"] }, { confirmation: "none" }),
  },
  {
    class: "empty-rule-allows",
    rule: "no alternative, and an alternative without conditions, are satisfied",
    takes: { part: "policy", read: emptyAllows },
  },
  {
    class: "empty-rule-allows",
    rule: "an empty set of rights is every right",
    takes: takesSession({ apis: "empty" }, { apis: "all" }),
  },
  {
    class: "truthy-allows",
    rule: "a session whose end is no number is not shown to have expired",
    takes: takesSession({ expiry: "NaN" }, { expiry: "never" }),
  },
]

function withoutToken(state: CredentialState): CredentialState {
  const { authToken } = state
  if (authToken.kind === kinds.none) return state
  return { ...state, authToken: { ...authToken, kind: kinds.none, confirmation: 0 } }
}

function tokenWins(state: CredentialState): CredentialState {
  const { authToken, relation } = state
  if (authToken.kind !== kinds.session || relation !== relations.another) return state
  const holderSession = { ...authToken.session, certificate: namesL, org: 0 }
  return { ...state, relation: relations.same, holderSession }
}

function emptyAllows(policy: PolicyState): PolicyState {
  if (policy.identity !== alternatives) return policy
  const { groups } = policy
  if (groups.length > 0 && groups.every(({ length }) => length > 0)) return policy
  const open = groups.length === 0 ? [[]] : groups
  return { ...policy, groups: open.map((group) => (group.length > 0 ? group : [keyless])) }
}
