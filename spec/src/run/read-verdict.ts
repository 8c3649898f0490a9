import type { Verdict } from "@countersign/engine"
import { printableJson } from "./printable.ts"

/** A subject does not do what its kind must: its results mean nothing. */
export class NoVerdict extends TypeError {}

/** What a subject returned, if it is a verdict; otherwise a `NoVerdict` that says what it is instead. */
export function verdictOf(value: unknown): Verdict {
  refusePromise(value, "decide")
  if (!isVerdict(value)) throw new NoVerdict(`decide returned ${shown(value)}, which is no verdict`)
  return value
}

/** A `NoVerdict` if a function of a subject returned a promise. */
export function refusePromise(value: unknown, name: "decide" | "policy"): void {
  if (!isThenable(value)) return
  // Nobody waits for it: that it is rejected must not end the process.
  Promise.resolve(value).catch(() => undefined)
  throw new NoVerdict(`${name} returned a promise, and a decision is synchronous`)
}

function isVerdict(value: unknown): value is Verdict {
  if (!isObject(value)) return false
  return value["_tag"] === "Deny" ? isDenial(value) : value["_tag"] === "Allow" && isAllow(value)
}

function isDenial({ reason, status, message }: Members): boolean {
  return typeof reason === "string" && Number.isInteger(status) && typeof message === "string"
}

function isAllow({ identity, obligations }: Members): boolean {
  if (!isObject(identity) || !Array.isArray(obligations)) return false
  const { session, sessionBy, leaf, leafBy } = identity
  return [session, sessionBy, leaf, leafBy, ...obligations].every(isTextOrNothing)
}

function isTextOrNothing(value: unknown): boolean {
  return value === undefined || typeof value === "string"
}

function isThenable(value: unknown): boolean {
  return isObject(value) && typeof value["then"] === "function"
}

type Members = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null
}

const LONGEST = 120

function shown(value: unknown): string {
  try {
    const text = typeof value === "object" ? printableJson(value) : String(value)
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  } catch {
    return "something that has no text"
  }
}
