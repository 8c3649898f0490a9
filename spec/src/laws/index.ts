import { admission } from "./decisions/admission.ts"
import { alternatives } from "./decisions/alternatives.ts"
import { answers } from "./decisions/answers.ts"
import { binding } from "./decisions/binding.ts"
import { damaged } from "./decisions/damaged.ts"
import { factsInFavour } from "./decisions/facts-in-favour.ts"
import { flagLaws } from "./decisions/flags.ts"
import { host } from "./decisions/host.ts"
import { identity } from "./decisions/identity.ts"
import { naming } from "./decisions/naming.ts"
import { order } from "./decisions/order.ts"
import { organisations } from "./decisions/organisations.ts"
import { time } from "./decisions/time.ts"
import { unread } from "./decisions/unread.ts"
import type { Law } from "./law.ts"

export { type CheckOptions, checkLaw, type LawResult } from "./check-law.ts"
export type { Law } from "./law.ts"
export { type Shell, type ShellLaw, type ShellResult, shell, shellLaws } from "./shell/index.ts"

/** Every law of decisions. */
export const laws: readonly Law[] = [
  ...factsInFavour,
  ...flagLaws,
  ...order,
  ...time,
  ...admission,
  ...host,
  ...identity,
  ...answers,
  ...organisations,
  ...binding,
  ...alternatives,
  ...naming,
  ...damaged,
  ...unread,
]
