import {
  connectionClasses,
  policyClasses,
  sessionClasses,
  tokenClasses,
} from "../states/dimensions.ts"
import { identifyOutcomes } from "./identify.ts"
import { leafOutcomes, yesNo } from "./leaf.ts"
import { type Table, table } from "./table.ts"

export const bindOutcomes = [
  "unbound",
  "bound",
  "mtls.misdirected",
  "auth.cert_mismatch",
  "auth.cert_not_yet_valid",
  "auth.cert_expired",
  "auth.cert_not_found",
] as const

export const BIND: Table = table(
  "bind",
  {
    identified: identifyOutcomes,
    binding: policyClasses.binding,
    bindings: sessionClasses.bindings,
    host: connectionClasses.host,
    leaf: leafOutcomes,
    enrolled: yesNo,
  },
  bindOutcomes,
  [
    { cite: "Bind: no session", when: { identified: "keyless" }, gives: "unbound" },
    { cite: "Bind: flag off", when: { binding: "no" }, gives: "unbound" },
    { cite: "Bind: the session has no bindings", when: { bindings: "none" }, gives: "unbound" },
    { cite: "Bind: host disagrees", when: { host: "disagrees" }, gives: "mtls.misdirected" },
    { cite: "Bind: no peer", when: { leaf: "none" }, gives: "auth.cert_mismatch" },
    { cite: "Bind: not yet valid", when: { leaf: "future" }, gives: "auth.cert_not_yet_valid" },
    { cite: "Bind: expired", when: { leaf: "past" }, gives: "auth.cert_expired" },
    {
      cite: "Bind: L not in bindings",
      when: { bindings: ["empty", "other"] },
      gives: "auth.cert_mismatch",
    },
    { cite: "Bind: not enrolled", when: { enrolled: "no" }, gives: "auth.cert_not_found" },
    { cite: "Bind: bound to L", when: {}, gives: "bound" },
  ],
)

export const confirmOutcomes = [
  "unconfirmed",
  "confirmed",
  "auth.cert_mismatch",
  "mtls.misdirected",
  "auth.cert_not_yet_valid",
  "auth.cert_expired",
] as const

export const CONFIRM: Table = table(
  "confirm",
  {
    identified: identifyOutcomes,
    kind: tokenClasses.kind,
    confirmation: tokenClasses.confirmation,
    host: connectionClasses.host,
    leaf: leafOutcomes,
  },
  confirmOutcomes,
  [
    { cite: "Bind: keyless asks no token", when: { identified: "keyless" }, gives: "unconfirmed" },
    { cite: "Bind: no token presented", when: { kind: "none" }, gives: "unconfirmed" },
    { cite: "Bind: no confirmation", when: { confirmation: "none" }, gives: "unconfirmed" },
    {
      cite: "Bind: confirmation malformed",
      when: { confirmation: "malformed" },
      gives: "auth.cert_mismatch",
    },
    {
      cite: "Bind: confirmation, host disagrees",
      when: { host: "disagrees" },
      gives: "mtls.misdirected",
    },
    { cite: "Bind: confirmation, no peer", when: { leaf: "none" }, gives: "auth.cert_mismatch" },
    {
      cite: "Bind: confirmation, not yet valid",
      when: { leaf: "future" },
      gives: "auth.cert_not_yet_valid",
    },
    { cite: "Bind: confirmation, expired", when: { leaf: "past" }, gives: "auth.cert_expired" },
    {
      cite: "Bind: a confirmation must equal L",
      when: { confirmation: "other" },
      gives: "auth.cert_mismatch",
    },
    { cite: "Bind: the confirmation equals L", when: {}, gives: "confirmed" },
  ],
)
