/** A process inside a patched copy: runs one stage after the other and tells what each found. */
import { firstLine } from "../../run/first-line.ts"
import { type Stage, stages } from "./stages.ts"

/** What the parent asks for. */
export interface Ask {
  readonly stages: readonly Stage[]
  /** Whether the stages after one that found something are run, too. */
  readonly all: boolean
}

/** What is told of a stage when it begins, and when it has ended. */
export type Told =
  | { readonly _tag: "begins"; readonly stage: Stage["name"] }
  | { readonly _tag: "ended"; readonly stage: Stage["name"]; readonly noticedBy: readonly string[] }
  | { readonly _tag: "broken"; readonly why: string }
  | { readonly _tag: "done" }

process.once("message", async (ask: Ask) => {
  try {
    await run(ask)
    tell({ _tag: "done" })
  } catch (error) {
    tell({ _tag: "broken", why: firstLine(error) })
  }
  process.disconnect()
})
process.once("disconnect", () => process.exit())

async function run({ stages: asked, all }: Ask): Promise<void> {
  for (const stage of asked) {
    tell({ _tag: "begins", stage: stage.name })
    const noticedBy = await stages[stage.name](stage, all)
    tell({ _tag: "ended", stage: stage.name, noticedBy })
    if (noticedBy.length > 0 && !all) return
  }
}

function tell(told: Told): void {
  process.send?.(told)
}
