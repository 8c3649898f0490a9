import { fork } from "node:child_process"
import type { Count } from "./count.ts"

/** What one process counts. */
export interface Work {
  readonly names: readonly string[]
  readonly part: number
  readonly parts: number
}

/** The counts of every product, by several processes. */
export async function tallyInParallel(
  names: readonly string[],
  parts: number,
): Promise<readonly (readonly Count[])[][]> {
  return Promise.all(Array.from({ length: parts }, (_, part) => inProcess({ names, part, parts })))
}

/** From source a process needs the loader and the condition that its parent has; built, it needs nothing. */
function inProcess(work: Work): Promise<(readonly Count[])[]> {
  const source = import.meta.url.endsWith(".ts")
  const file = new URL(source ? "./worker.ts" : "./worker.js", import.meta.url)
  const execArgv = source ? ["--conditions=@countersign/source", "--import", "tsx"] : []
  return new Promise((resolve, reject) => {
    const worker = fork(file, { execArgv, serialization: "advanced" })
    worker.once("message", (counts) => resolve(counts as (readonly Count[])[]))
    worker.once("error", reject)
    worker.once("exit", (code) => reject(new Error(`a worker ended with ${code}`)))
    worker.send(work)
  })
}
