import { fork } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { copyTree, removeTree, workspace } from "./copy.ts"
import { type Exposure, exposureOf, patched, type SeededFault } from "./fault.ts"
import type { Ask, Told } from "./probe.ts"
import type { Stage } from "./stages.ts"

/** What came of one fault. */
export type Trial =
  /** By id, what noticed it; none: it survives. */
  | { readonly _tag: "tried"; readonly noticedBy: readonly string[] }
  /** It says nothing about the suite: the patch does not fit, or nothing runs. */
  | { readonly _tag: "void"; readonly why: string }

/** So long a stage may take; a fault that never ends is noticed by that. */
const PATIENCE_MS = 120_000

const LAWS = { name: "laws", runs: 300, seed: 5280 } as const
const SHELL_LAWS = { name: "shell laws", runs: 100, seed: 5280 } as const

/** One copy of the sources, patched for one fault after the other. */
export class Lane {
  readonly #root = copyTree()

  /** Tries one fault; `all`: also the stages after the first that notices it. */
  async try(fault: SeededFault, all: boolean): Promise<Trial> {
    const path = join(this.#root, fault.file)
    const source = readFileSync(path, "utf8")
    const fitted = patched(fault, source)
    if ("stale" in fitted) return { _tag: "void", why: fitted.stale }
    writeFileSync(path, fitted.source)
    const trial = await this.#probe({ stages: stagesFor(exposureOf(fault)), all })
    writeFileSync(path, source)
    return trial
  }

  /** What the sources fail as they are; nothing may. */
  unpatched(stage: Stage): Promise<Trial> {
    return this.#probe({ stages: [stage], all: false })
  }

  /** Removes the copy. */
  end(): void {
    removeTree(this.#root)
  }

  #probe(ask: Ask): Promise<Trial> {
    const probe = join(this.#root, "spec/src/faults/seeded/probe.ts")
    const process = fork(probe, [], {
      cwd: this.#root,
      execArgv: ["--conditions=@countersign/source", "--import", "tsx"],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    })
    return new Promise((resolve) => {
      const noticedBy: string[] = []
      let timer = setTimeout(() => undefined)
      const settle = (trial: Trial): void => {
        clearTimeout(timer)
        process.kill("SIGKILL")
        resolve(trial)
      }
      process.on("message", (told: Told) => {
        if (told._tag === "begins") {
          clearTimeout(timer)
          const late = `${told.stage}: it does not end`
          timer = setTimeout(() => settle({ _tag: "tried", noticedBy: [late] }), PATIENCE_MS)
        } else if (told._tag === "ended") noticedBy.push(...told.noticedBy)
        else if (told._tag === "broken") settle({ _tag: "void", why: told.why })
        else settle({ _tag: "tried", noticedBy })
      })
      process.once("error", (error) => settle({ _tag: "void", why: error.message }))
      process.once("exit", (code) => settle({ _tag: "void", why: `the copy ended with ${code}` }))
      process.send(ask)
    })
  }
}

/** What stands around the engine is noticed by exchanges, and by laws that go through it. */
export function stagesFor(exposure: Exposure): readonly Stage[] {
  if (exposure._tag === "decisions") return [{ name: "decisions" }, LAWS, { name: "states" }]
  return [{ name: "exchanges", driver: exposure.driver }, SHELL_LAWS]
}

/** Why a fault does not fit the sources as they are; `undefined` if it does. */
export function staleness(fault: SeededFault): string | undefined {
  const fitted = patched(fault, readFileSync(join(workspace, fault.file), "utf8"))
  return "stale" in fitted ? fitted.stale : undefined
}
