import { sessionClasses } from "../states/dimensions.ts"
import { admitOutcomes, boundOutcomes } from "./admit.ts"
import { bindOutcomes, confirmOutcomes } from "./bind.ts"
import { identifyOutcomes, tokenOutcomes } from "./identify.ts"
import { type Table, table } from "./table.ts"

export const checkOutcomes = [
  "allowed",
  "auth.key_inactive",
  "auth.key_expired",
  "auth.access_denied",
] as const

export const CHECK: Table = table(
  "check",
  {
    identified: identifyOutcomes,
    active: sessionClasses.active,
    expiry: sessionClasses.expiry,
    apis: sessionClasses.apis,
  },
  checkOutcomes,
  [
    { cite: "Check: no session", when: { identified: "keyless" }, gives: "allowed" },
    { cite: "Check: not active", when: { active: "no" }, gives: "auth.key_inactive" },
    {
      cite: "Check: expired (unless now ≤ expiresAt)",
      when: { expiry: ["past", "a second after", "NaN"] },
      gives: "auth.key_expired",
    },
    {
      cite: "Check: API not in apis",
      when: { apis: ["lacks", "empty"] },
      gives: "auth.access_denied",
    },
    { cite: "Check: allowed", when: {}, gives: "allowed" },
  ],
)

/** The rule that accepted the leaf. */
export const leafRules = [
  "none",
  "allow_list",
  "trust_path",
  "certificate",
  "binding",
  "confirmation",
] as const

export const LEAF_RULE: Table = table(
  "the rule that accepted the leaf",
  {
    admitted: admitOutcomes,
    bound: boundOutcomes,
    identified: identifyOutcomes,
    token: tokenOutcomes,
    bind: bindOutcomes,
    confirm: confirmOutcomes,
  },
  leafRules,
  [
    { cite: "first A4", when: { admitted: "allow_list" }, gives: "allow_list" },
    { cite: "A5", when: { admitted: "trust_path" }, gives: "trust_path" },
    { cite: "A6", when: { bound: "binding" }, gives: "binding" },
    { cite: "keyless: only if admitted", when: { identified: "keyless" }, gives: "none" },
    {
      cite: "a computable token known by its certificate",
      when: { token: "by certificate" },
      gives: "certificate",
    },
    {
      cite: "a computable token known by its binding",
      when: { token: "by binding" },
      gives: "binding",
    },
    {
      cite: "D3: session = the certificate's",
      when: { identified: "certificate" },
      gives: "certificate",
    },
    {
      cite: "D3: the token's session binds L",
      when: { identified: "token bound" },
      gives: "binding",
    },
    { cite: "Bind: bound to L", when: { bind: "bound" }, gives: "binding" },
    {
      cite: "Bind: the confirmation equals L",
      when: { confirm: "confirmed" },
      gives: "confirmation",
    },
    { cite: "no rule asked", when: {}, gives: "none" },
  ],
)

/** Of the mechanisms of one group, the first that accepted the leaf. */
export const EARLIER_RULE: Table = table(
  "the earlier rule",
  { one: leafRules, two: leafRules },
  leafRules,
  [
    ...leafRules
      .filter((rule) => rule !== "none")
      .map((rule) => ({ cite: `the first: ${rule}`, when: { one: rule }, gives: rule })),
    ...leafRules
      .filter((rule) => rule !== "none")
      .map((rule) => ({ cite: `then the second: ${rule}`, when: { two: rule }, gives: rule })),
    { cite: "neither", when: {}, gives: "none" },
  ],
)
