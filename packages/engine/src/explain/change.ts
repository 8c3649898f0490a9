import type { Policy } from "../policy.ts"
import type { Request } from "../request.ts"
import { presentedPeer } from "../rules/leaf.ts"
import type { Refusal } from "../rules/refusal.ts"
import * as refusals from "../rules/refusal.ts"

/** What would have to be different. */
export type ChangeId =
  | "use_tls"
  | "connect_with_this_host"
  | "present_certificate"
  | "list_certificate"
  | "wait_for_certificate"
  | "renew_certificate"
  | "wait_for_path"
  | "renew_path"
  | "present_unrevoked_certificate"
  | "provide_revocation_status"
  | "present_token"
  | "present_verifiable_jwt"
  | "present_known_token"
  | "present_token_of_organisation"
  | "present_certificate_of_token"
  | "register_session_for_certificate"
  | "omit_token"
  | "enrol_certificate"
  | "enrol_named_certificate"
  | "present_bound_certificate"
  | "present_readable_confirmation"
  | "present_confirmed_certificate"
  | "activate_session"
  | "extend_session"
  | "grant_api"

export interface Change {
  readonly id: ChangeId
  /** One sentence for an operator, with the values concerned. */
  readonly text: string
}

/** The smallest change that would have passed the rule that refused; a fault has none. */
export function smallestChange(
  policy: Policy,
  request: Request,
  refusal: Refusal,
): Change | undefined {
  const change = changes.get(refusal)
  if (change === undefined) return undefined
  const [id, text] = change
  // Functions, so that `$` in an id means itself.
  const named = text.replace("<leaf>", () => leafOf(request)).replace("<api>", () => policy.apiId)
  return { id, text: named }
}

/** A leaf of the wrong shape has no name; it must not change the verdict. */
function leafOf(request: Request): string {
  try {
    return presentedPeer(request)?.leaf.sha256.hex ?? "none"
  } catch {
    return "none"
  }
}

const changes: ReadonlyMap<Refusal, readonly [ChangeId, string]> = new Map([
  [refusals.tlsRequired, ["use_tls", "connect with TLS"]],
  [
    refusals.misdirected,
    [
      "connect_with_this_host",
      "open a connection whose TLS server name is the host of the request",
    ],
  ],
  [refusals.certificateRequired, ["present_certificate", "present a client certificate"]],
  [
    refusals.notAllowed,
    [
      "list_certificate",
      "add certificate <leaf>, or an authority it validly chains to, to the allow list of API <api>",
    ],
  ],
  [refusals.notYetValid, ["wait_for_certificate", "wait until certificate <leaf> is valid"]],
  [refusals.expired, ["renew_certificate", "renew certificate <leaf>"]],
  [
    refusals.pathNotYetValid,
    ["wait_for_path", "wait until the authorities above certificate <leaf> are valid"],
  ],
  [refusals.pathExpired, ["renew_path", "renew the expired authority above certificate <leaf>"]],
  [
    refusals.revoked,
    ["present_unrevoked_certificate", "present another certificate: <leaf> has been revoked"],
  ],
  [
    refusals.revocationUnknown,
    ["provide_revocation_status", "provide a current CRL for every issuer above <leaf>"],
  ],
  [refusals.tokenMissing, ["present_token", "present a token"]],
  [refusals.tokenInvalid, ["present_verifiable_jwt", "present a JWT that can be verified"]],
  [refusals.noSession, ["present_known_token", "present a token that the session store knows"]],
  [
    refusals.otherOrganisation,
    ["present_token_of_organisation", "present a token of the organisation of API <api>"],
  ],
  [
    refusals.computableToken,
    [
      "present_certificate_of_token",
      "present the enrolled certificate of the session: its key can be computed from public data",
    ],
  ],
  [refusals.dynamicRequired, ["present_certificate", "present a client certificate"]],
  [
    refusals.certificateUnknown,
    ["register_session_for_certificate", "create a session whose certificate is <leaf>"],
  ],
  [
    refusals.tokenDisagrees,
    ["omit_token", "omit the token, or present the token of the certificate's own session"],
  ],
  [refusals.notEnrolled, ["enrol_certificate", "add certificate <leaf> to the certificate store"]],
  [
    refusals.namedNotEnrolled,
    ["enrol_named_certificate", "add the session's certificate to the certificate store"],
  ],
  [
    refusals.boundNoCertificate,
    ["present_bound_certificate", "present a certificate that the token is bound to"],
  ],
  [
    refusals.boundOther,
    [
      "present_bound_certificate",
      "present a certificate that the token is bound to, or bind <leaf>",
    ],
  ],
  [
    refusals.confirmationMalformed,
    ["present_readable_confirmation", "present a token with one x5t#S256 confirmation (RFC 8705)"],
  ],
  [
    refusals.confirmationNoCertificate,
    ["present_confirmed_certificate", "present the certificate that the token confirms"],
  ],
  [
    refusals.confirmationOther,
    ["present_confirmed_certificate", "present the certificate that the token confirms"],
  ],
  [refusals.keyInactive, ["activate_session", "activate the session"]],
  [refusals.keyExpired, ["extend_session", "renew the session or its expiry"]],
  [refusals.accessDenied, ["grant_api", "give the session access to API <api>"]],
])
