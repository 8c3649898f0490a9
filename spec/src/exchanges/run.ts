import type { Preset } from "@countersign/engine"
import type { Answer, Cannot, Driver } from "../drivers/driver.ts"
import type { ExchangeCase } from "../vectors/read-exchanges.ts"
import { compareAnswer } from "./compare.ts"
import { type Ended, within } from "./deadline.ts"
import { type Stage, stageWorld } from "./stage.ts"

export interface ExchangeOutcome {
  readonly id: string
  /** `skipped`: the driver says that it cannot; `error`: it threw, or answered nonsense. */
  readonly outcome: "passed" | "failed" | "timed out" | "error" | "skipped"
  /** What differs, or why there is nothing to compare; empty where all is as expected. */
  readonly what: string
  readonly vector: ExchangeCase
}

export interface ExchangeOptions {
  /** Milliseconds that loading a world and each exchange may take; default 5000. */
  readonly timeout?: number
  /** Whose statuses are expected; default `default`. */
  readonly preset?: Preset
  readonly filter?: (vector: ExchangeCase) => boolean
  readonly onProgress?: (done: number, all: number) => void
  /** Epoch milliseconds, about which certificates are valid; default the clock's. */
  readonly now?: number
}

/**
 * Runs vectors against a gateway, world after world, one exchange at a time, and yields what came of
 * each. Whatever a driver does is an outcome; it is not closed.
 */
export async function* runExchanges(
  driver: Driver,
  vectors: readonly ExchangeCase[],
  options: ExchangeOptions = {},
): AsyncGenerator<ExchangeOutcome> {
  const { filter = () => true, onProgress, now = Date.now() } = options
  const wanted = vectors.filter(filter)
  let done = 0
  for (const [world, cases] of groupBy(wanted, (vector) => vector.world)) {
    const stage = await stageWorld(world, now)
    for (const [, alike] of groupBy(cases, settingsOf)) {
      for await (const outcome of runAlike(driver, stage, alike, options)) {
        done += 1
        onProgress?.(done, wanted.length)
        yield outcome
      }
    }
  }
}

/** What is loaded for one is loaded for all that change the same settings. */
function settingsOf({ gateway = {} }: ExchangeCase): string {
  return JSON.stringify(Object.entries(gateway).sort(([a], [b]) => (a < b ? -1 : 1)))
}

async function* runAlike(
  driver: Driver,
  stage: Stage,
  cases: readonly ExchangeCase[],
  options: ExchangeOptions,
): AsyncGenerator<ExchangeOutcome> {
  const { timeout = 5000, preset = "default" } = options
  const [first] = cases
  if (first === undefined) return
  const world = stage.worldFor(first)
  const loaded = await within(timeout, (signal) => driver.load(world, signal))
  const unready = unreadyOf(loaded, timeout)
  for (const vector of cases) {
    const { id } = vector
    if (unready !== undefined) {
      yield { id, vector, ...unready, what: `loading its world: ${unready.what}` }
      continue
    }
    const exchange = stage.exchangeOf(vector)
    const ended = await within(timeout, (signal) => driver.request(exchange, signal))
    yield { id, vector, ...judge(ended, vector, stage, preset, timeout) }
  }
}

type Judged = Pick<ExchangeOutcome, "outcome" | "what">

function judge(
  ended: Ended<Answer | Cannot>,
  { expect }: ExchangeCase,
  { digestOf }: Stage,
  preset: Preset,
  timeout: number,
): Judged {
  const unready = unreadyOf(ended, timeout)
  if (unready !== undefined) return unready
  if (ended._tag !== "done" || !isAnswer(ended.value)) {
    return { outcome: "error", what: "the driver's answer has no status" }
  }
  const what = compareAnswer(expect, ended.value, preset, digestOf)
  return what === undefined ? { outcome: "passed", what: "" } : { outcome: "failed", what }
}

function unreadyOf(ended: Ended<unknown>, timeout: number): Judged | undefined {
  if (ended._tag === "timed out") {
    return { outcome: "timed out", what: `no answer within ${timeout} ms` }
  }
  if (ended._tag === "failed") {
    const { error } = ended
    const why = error instanceof Error ? error.message : "something that is no error"
    return { outcome: "error", what: `the driver threw: ${why}` }
  }
  return isCannot(ended.value) ? { outcome: "skipped", what: ended.value.cannot } : undefined
}

function isCannot(value: unknown): value is Cannot {
  return typeof value === "object" && value !== null && "cannot" in value
}

/** Drivers may be written in JavaScript. */
function isAnswer(value: unknown): value is Answer {
  return (
    typeof value === "object" &&
    value !== null &&
    "status" in value &&
    typeof value.status === "number"
  )
}

function groupBy<A, K>(all: readonly A[], keyOf: (one: A) => K): ReadonlyMap<K, readonly A[]> {
  const groups = new Map<K, A[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}
