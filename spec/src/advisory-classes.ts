/**
 * Classes of attack and of mistake behind published advisories and fixes, by a name each.
 * A class is a sentence about a decision, never about a product.
 */
export const advisoryClasses = {
  "any-presented-certificate":
    "a certificate further down the chain, whose key was not proven, is matched instead of the leaf",
  "chain-not-verified": "a certificate counts though no path to a trust anchor validates",
  "no-anchors-any-certificate": "a list without entries admits every certificate",
  "purpose-ignored": "a certificate that is not for client authentication is accepted",
  "validity-ignored": "an expired or not yet valid certificate is accepted",
  "revocation-not-consulted": "a revoked certificate is accepted",
  "revocation-unknown-passes": "a status that must be known and is not counts as good",
  "no-tls-skips-requirement": "without TLS the requirement of a certificate is not asked",
  "required-acted-as-optional": "a required certificate that is missing is not missed",
  "token-alone": "a token opens what only a certificate should",
  "token-of-public-data": "a token that anybody can compute from public data opens",
  "stolen-token": "a token works with somebody else's certificate",
  "binding-only-with-allow-list":
    "a bound token is compared with the certificate only where an allow list is on",
  "confirmation-not-checked":
    "a token issued with a confirmation is accepted from another certificate",
  "token-and-certificate-apart": "token and certificate are looked up apart and need not agree",
  "identity-from-unproven-name":
    "a name in a certificate identifies its bearer without proof of who issued it",
  "organisations-mixed": "a record of one organisation answers in another",
  "host-and-server-name": "the TLS server name selects one policy and the HTTP host another",
  "resumption-across-policies":
    "a resumed connection carries what another host or an older configuration accepted",
  "stale-holder": "what was remembered of a certificate outlives its removal",
  "certificate-not-enrolled": "a certificate that was taken out of the store still identifies",
  "unreadable-binds-to-nothing":
    "a list that cannot be read counts as an empty one, and an empty one as none",
  "empty-rule-allows": "an empty list of alternatives or of conditions is satisfied",
  "truthy-allows": "a value that is merely not false counts as permission",
  "configuration-error-opens": "a configuration that cannot be read leaves a door open",
  "fault-opens": "an error while deciding lets the request pass",
  "comparison-by-text": "names or fingerprints are compared as loose texts",
  "forged-header": "what a client sent is taken for what a proxy would have said",
  "answers-tell-apart": "the answer tells an unknown token from a foreign or computed one",
} as const satisfies Readonly<Record<string, string>>

export type AdvisoryClass = keyof typeof advisoryClasses
