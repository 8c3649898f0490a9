import type { Flags } from "@countersign/engine"
import fc from "fast-check"
import { decisions } from "../arbitrary/cases.ts"
import { changed, picked } from "../arbitrary/pairs.ts"
import { lists } from "../arbitrary/policies.ts"
import { withPolicy } from "../change.ts"
import type { Law } from "../law.ts"
import { neverOpens } from "../make-law.ts"

const safe: Flags = {
  allowDynamicMtlsTokenAuth: false,
  certificateTokenBinding: true,
  boundCertificateSatisfiesAllowList: false,
}
const names = Object.keys(safe) as (keyof Flags)[]

/**
 * Outside: enforcing bindings while a bound certificate may pass the allow list, because what is not
 * enforced passes no list (A6).
 */
const saferFlag = neverOpens(
  {
    id: "a-safer-flag-never-opens",
    sentence:
      "setting a flag to its safe value never turns a denial into an Allow, but for enforcing the binding that passes an allow list",
    sources: ["design:flags", "advisory:token-alone"],
    onlyCatches: "none",
  },
  changed(decisions(), (one, choice) => {
    const { flags } = one.policy
    const name = picked(
      names.filter((flag) => flags[flag] !== safe[flag]),
      choice,
    )
    if (name === undefined) return one
    const passesList =
      name === "certificateTokenBinding" && flags.boundCertificateSatisfiesAllowList
    return passesList ? one : withPolicy(one, { flags: { ...flags, [name]: safe[name] } })
  }),
)

const stricterMode = neverOpens(
  {
    id: "stricter-revocation-never-opens",
    sentence: "asking more strictly for revocation never turns a denial into an Allow",
    sources: ["design:revocation", "advisory:revocation-unknown-passes"],
    onlyCatches: "none",
  },
  changed(
    decisions({ staticMtls: lists, revocation: fc.constantFrom("off", "soft") }),
    (one, choice) => {
      const isSoft = one.policy.revocation === "soft" || choice % 2 === 0
      return withPolicy(one, { revocation: isSoft ? "hard" : "soft" })
    },
  ),
)

export const flagLaws: readonly Law[] = [saferFlag, stricterMode]
