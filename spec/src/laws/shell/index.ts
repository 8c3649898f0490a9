import { forged, noKeys, nonsense, sameBytes } from "./answers.ts"
import { aboveTheLeaf, oneConnection, provenPath, removed } from "./connections.ts"
import { damagedDocuments } from "./documents.ts"
import { oneGeneration } from "./generations.ts"
import { reloaded } from "./reloads.ts"
import type { ShellLaw } from "./shell-law.ts"
import { timePasses } from "./time.ts"

export {
  type Shell,
  type ShellLaw,
  type ShellOptions,
  type ShellResult,
  shell,
} from "./shell-law.ts"

/** Every law of what stands around the decision. */
export const shellLaws: readonly ShellLaw[] = [
  oneConnection,
  removed,
  aboveTheLeaf,
  provenPath,
  oneGeneration,
  timePasses,
  reloaded,
  sameBytes,
  noKeys,
  forged,
  nonsense,
  damagedDocuments,
]
