import { parentPort, workerData } from "node:worker_threads"
import type { LimboCase } from "./case.ts"
import { type JudgeOptions, judge } from "./judge.ts"

/** Judges each case it is sent; the thread exists so that one that does not end can be ended. */
const options: JudgeOptions = workerData
parentPort?.on("message", async (limboCase: LimboCase) => {
  parentPort?.postMessage(await judge(limboCase, options))
})
