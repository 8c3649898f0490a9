import { connectionClasses, policyClasses } from "../states/dimensions.ts"
import { identifyOutcomes } from "./identify.ts"
import { leafOutcomes, pathOutcomes, yesNo } from "./leaf.ts"
import { type Table, table } from "./table.ts"

export const admitOutcomes = [
  "no list",
  "allow_list",
  "trust_path",
  "mtls.tls_required",
  "mtls.misdirected",
  "mtls.cert_required",
  "mtls.cert_not_allowed",
  "auth.cert_not_yet_valid",
  "auth.cert_expired",
  "mtls.cert_revoked",
  "mtls.revocation_unknown",
] as const

export const ADMIT: Table = table(
  "admit",
  {
    staticMtls: policyClasses.staticMtls,
    transport: connectionClasses.transport,
    host: connectionClasses.host,
    leaf: leafOutcomes,
    revocation: policyClasses.revocation,
    revoked: yesNo,
    best: pathOutcomes,
  },
  admitOutcomes,
  [
    { cite: "Admit (only with staticMtls)", when: { staticMtls: "off" }, gives: "no list" },
    { cite: "A1", when: { transport: "plain" }, gives: "mtls.tls_required" },
    { cite: "A2", when: { host: "disagrees" }, gives: "mtls.misdirected" },
    { cite: "A3", when: { leaf: "none" }, gives: "mtls.cert_required" },
    {
      cite: "A8, an empty list too",
      when: { staticMtls: "empty" },
      gives: "mtls.cert_not_allowed",
    },
    {
      cite: "A4, revocation off",
      when: { staticMtls: "listed", leaf: "valid", revocation: "off" },
      gives: "allow_list",
    },
    {
      cite: "A4, not revoked",
      when: { staticMtls: "listed", leaf: "valid", revoked: "no" },
      gives: "allow_list",
    },
    {
      cite: "A5, revocation off",
      when: { leaf: "valid", revocation: "off", best: ["unconfirmed", "good"] },
      gives: "trust_path",
    },
    {
      cite: "A5, soft",
      when: {
        leaf: "valid",
        revocation: "soft",
        revoked: "no",
        best: ["unconfirmed", "good"],
      },
      gives: "trust_path",
    },
    {
      cite: "A5, hard",
      when: { leaf: "valid", revocation: "hard", revoked: "no", best: "good" },
      gives: "trust_path",
    },
    {
      cite: "A8, neither listed nor chained",
      when: { staticMtls: "unlisted", best: "none" },
      gives: "mtls.cert_not_allowed",
    },
    { cite: "A7, the leaf is early", when: { leaf: "future" }, gives: "auth.cert_not_yet_valid" },
    { cite: "A7, the leaf is late", when: { leaf: "past" }, gives: "auth.cert_expired" },
    {
      cite: "A7, revoked",
      when: { revocation: ["soft", "hard"], revoked: "yes" },
      gives: "mtls.cert_revoked",
    },
    {
      cite: "A7, revocation unknown under hard",
      when: { best: ["unconfirmed", "good"] },
      gives: "mtls.revocation_unknown",
    },
    { cite: "A7, the path is early", when: { best: "future" }, gives: "auth.cert_not_yet_valid" },
    { cite: "A7, the path is late", when: {}, gives: "auth.cert_expired" },
  ],
)

/** Whether a session may still open what the list keeps shut; `settled`: the list's answer stands. */
export const mayBindOutcomes = ["settled", "ask"] as const

export const MAY_BIND: Table = table(
  "may a binding admit",
  {
    admitted: admitOutcomes,
    boundList: policyClasses.boundList,
    identity: policyClasses.identity,
    binding: policyClasses.binding,
    revocation: policyClasses.revocation,
    revoked: yesNo,
  },
  mayBindOutcomes,
  [
    {
      cite: "A4, A5 or no list came first",
      when: { admitted: ["no list", "allow_list", "trust_path"] },
      gives: "settled",
    },
    {
      cite: "A1–A3 came first",
      when: { admitted: ["mtls.tls_required", "mtls.misdirected", "mtls.cert_required"] },
      gives: "settled",
    },
    { cite: "A6: the flag is off", when: { boundList: "no" }, gives: "settled" },
    {
      cite: "A6: the identity is not authToken",
      when: { identity: ["keyless", "jwt", "alternatives"] },
      gives: "settled",
    },
    { cite: "A6: binding is not enforced", when: { binding: "no" }, gives: "settled" },
    {
      cite: "Revocation: also where it is bound",
      when: { revocation: ["soft", "hard"], revoked: "yes" },
      gives: "settled",
    },
    { cite: "A6: the session decides", when: {}, gives: "ask" },
  ],
)

export const boundOutcomes = ["stands", "binding"] as const

export const ADMIT_BOUND: Table = table(
  "admit a bound leaf",
  { identified: identifyOutcomes, binds: yesNo },
  boundOutcomes,
  [
    {
      cite: "A6: Identify yields the certificate's session",
      when: { identified: "certificate" },
      gives: "stands",
    },
    {
      cite: "A6: the presented token's session binds L",
      when: { identified: ["token", "token bound"], binds: "yes" },
      gives: "binding",
    },
    { cite: "A6: otherwise, also when Identify denies", when: {}, gives: "stands" },
  ],
)
