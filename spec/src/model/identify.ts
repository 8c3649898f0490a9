import {
  connectionClasses,
  policyClasses,
  sessionClasses,
  tokenClasses,
} from "../states/dimensions.ts"
import type { PolicyState, TokenState } from "../states/state.ts"
import { holderSessionOutcomes, leafOutcomes, yesNo } from "./leaf.ts"
import { look, type Table, table } from "./table.ts"

/** What a presented token is; `by certificate`, `by binding`: known only because L stands beside it. */
export const tokenOutcomes = [
  "none",
  "invalid",
  "unknown",
  "known",
  "by certificate",
  "by binding",
] as const

export const TOKEN: Table = table(
  "a token",
  {
    kind: tokenClasses.kind,
    org: sessionClasses.org,
    secret: sessionClasses.secret,
    tokenAuth: policyClasses.tokenAuth,
    host: connectionClasses.host,
    leaf: leafOutcomes,
    enrolled: yesNo,
    certificate: sessionClasses.certificate,
    bindings: sessionClasses.bindings,
  },
  tokenOutcomes,
  [
    { cite: "§2 Token: not presented", when: { kind: "none" }, gives: "none" },
    { cite: "§2 Token: its verification failed", when: { kind: "invalid" }, gives: "invalid" },
    { cite: "§3 unknown: no session has it", when: { kind: "unknown" }, gives: "unknown" },
    { cite: "§3 unknown: another organisation", when: { org: "other" }, gives: "unknown" },
    { cite: "§3 unknown: the session is secret", when: { secret: "yes" }, gives: "known" },
    {
      cite: "§3 allowDynamicMtlsTokenAuth lifts the last",
      when: { tokenAuth: "yes" },
      gives: "known",
    },
    {
      cite: "§2 hostAgrees: every rule that reads the certificate asks it first",
      when: { host: "disagrees" },
      gives: "unknown",
    },
    {
      cite: "§3 L is the session's certificate",
      when: { leaf: "valid", enrolled: "yes", certificate: ["L enrolled", "L unenrolled"] },
      gives: "by certificate",
    },
    {
      cite: "§3 L is in the session's bindings",
      when: { leaf: "valid", enrolled: "yes", bindings: ["L", "other and L"] },
      gives: "by binding",
    },
    { cite: "§3 unknown: L is neither", when: {}, gives: "unknown" },
  ],
)

export const BINDS: Table = table(
  "a session binds L",
  { leaf: leafOutcomes, enrolled: yesNo, bindings: sessionClasses.bindings },
  yesNo,
  [
    { cite: "§3 binds: L is not valid", when: { leaf: ["none", "future", "past"] }, gives: "no" },
    { cite: "§3 binds: L is not enrolled", when: { enrolled: "no" }, gives: "no" },
    { cite: "§3 binds: in its bindings", when: { bindings: ["L", "other and L"] }, gives: "yes" },
    { cite: "§3 binds: not in its bindings", when: {}, gives: "no" },
  ],
)

export const identifyOutcomes = [
  "keyless",
  "token",
  "token bound",
  "certificate",
  "auth.auth_field_missing",
  "auth.token_invalid",
  "auth.key_not_found",
  "mtls.misdirected",
  "auth.cert_required",
  "auth.cert_not_found",
  "auth.cert_not_yet_valid",
  "auth.cert_expired",
  "auth.cert_mismatch",
] as const

const presented = ["known", "by certificate", "by binding"] as const

export const IDENTIFY: Table = table(
  "identify",
  {
    identity: ["keyless", "authToken", "dynamic", "jwt"],
    host: connectionClasses.host,
    leaf: leafOutcomes,
    tokenAuth: policyClasses.tokenAuth,
    token: tokenOutcomes,
    binds: yesNo,
    holderSession: holderSessionOutcomes,
    enrolled: yesNo,
    certificate: sessionClasses.certificate,
  },
  identifyOutcomes,
  [
    { cite: "keyless", when: { identity: "keyless" }, gives: "keyless" },
    {
      cite: "authToken, jwt: no token",
      when: { identity: ["authToken", "jwt"], token: "none" },
      gives: "auth.auth_field_missing",
    },
    {
      cite: "jwt: invalid",
      when: { identity: ["authToken", "jwt"], token: "invalid" },
      gives: "auth.token_invalid",
    },
    {
      cite: "authToken, jwt: unknown",
      when: { identity: ["authToken", "jwt"], token: "unknown" },
      gives: "auth.key_not_found",
    },
    {
      cite: "authToken, jwt: session = the token's",
      when: { identity: ["authToken", "jwt"] },
      gives: "token",
    },
    { cite: "D1", when: { host: "disagrees" }, gives: "mtls.misdirected" },
    { cite: "D2, flag off", when: { leaf: "none", tokenAuth: "no" }, gives: "auth.cert_required" },
    {
      cite: "D2, flag on: no token",
      when: { leaf: "none", token: "none" },
      gives: "auth.auth_field_missing",
    },
    {
      cite: "D2, flag on: unknown",
      when: { leaf: "none", token: ["unknown", "invalid"] },
      gives: "auth.key_not_found",
    },
    {
      cite: "D2, flag on: named certificate not enrolled",
      when: { leaf: "none", certificate: ["L unenrolled", "other unenrolled"] },
      gives: "auth.cert_not_found",
    },
    { cite: "D2, flag on: session = the token's", when: { leaf: "none" }, gives: "token" },
    { cite: "D3: not yet valid", when: { leaf: "future" }, gives: "auth.cert_not_yet_valid" },
    { cite: "D3: expired", when: { leaf: "past" }, gives: "auth.cert_expired" },
    {
      cite: "D3: token unknown",
      when: { token: ["unknown", "invalid"] },
      gives: "auth.key_not_found",
    },
    {
      cite: "D3: the token's session binds L",
      when: { token: presented, binds: "yes" },
      gives: "token bound",
    },
    {
      cite: "D3: no certificate session",
      when: { holderSession: "none" },
      gives: "auth.cert_mismatch",
    },
    {
      cite: "D3: the token's session is another",
      when: { token: presented, holderSession: "another" },
      gives: "auth.cert_mismatch",
    },
    { cite: "D3: not enrolled", when: { enrolled: "no" }, gives: "auth.cert_not_found" },
    { cite: "D3: session = the certificate's", when: {}, gives: "certificate" },
  ],
)

export function lookUpToken(
  policy: PolicyState,
  host: number,
  leaf: number,
  enrolled: number,
  token: TokenState,
): number {
  const { org, secret, certificate, bindings } = token.session
  return look(
    TOKEN,
    token.kind,
    org,
    secret,
    policy.tokenAuth,
    host,
    leaf,
    enrolled,
    certificate,
    bindings,
  )
}
