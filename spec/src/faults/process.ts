import { type ChildProcess, fork } from "node:child_process"
import type { Outcome, Trial } from "./lane.ts"

/** A lane that has just been asked may be silent for so long; then it says itself how long. */
const PATIENCE_MS = 20_000

/** The process that tries mutants; one that does not end is replaced. */
export class Lane {
  readonly #snapshot: string
  #process: Promise<ChildProcess>

  constructor(snapshot: string) {
    this.#snapshot = snapshot
    this.#process = started(snapshot)
  }

  /** The first test that fails on a patched file, or `undefined` if none does. */
  async killerOf(trial: Trial): Promise<string | undefined> {
    const process = await this.#process
    const outcome = await answerOf(process, trial)
    if (outcome !== "no progress") return outcome.killer
    process.kill("SIGKILL")
    this.#process = started(this.#snapshot)
    return "the clock: it does not end"
  }

  async end(): Promise<void> {
    const process = await this.#process
    process.disconnect()
  }
}

function started(snapshot: string): Promise<ChildProcess> {
  const lane = fork(new URL("./lane.ts", import.meta.url), [snapshot], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  })
  return new Promise((resolve, reject) => {
    lane.once("message", () => resolve(lane))
    lane.once("exit", (code) => reject(new Error(`a lane ended with ${code}`)))
  })
}

/** A number is the patience, in milliseconds, that the lane asks for; anything else is its answer. */
function answerOf(lane: ChildProcess, trial: Trial): Promise<Outcome | "no progress"> {
  return new Promise((resolve) => {
    let timer = setTimeout(settle, PATIENCE_MS, "no progress")
    function settle(answer: Outcome | "no progress"): void {
      clearTimeout(timer)
      lane.off("message", hear)
      resolve(answer)
    }
    function hear(message: Outcome | number): void {
      if (typeof message === "number") {
        clearTimeout(timer)
        timer = setTimeout(settle, message, "no progress")
      } else settle(message)
    }
    lane.on("message", hear)
    lane.send(trial)
  })
}
