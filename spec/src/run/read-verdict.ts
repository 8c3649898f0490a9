import type { Verdict } from "@countersign/engine"
import { printableJson } from "./printable.ts"

/** A subject does not do what its kind must: its results mean nothing. */
export class NoVerdict extends TypeError {}

/** What a subject returned, if it is a verdict; otherwise a `NoVerdict` that says what it is instead. */
export function verdictOf(value: unknown): Verdict {
  refusePromise(value, "decide")
  const wrong = wrongOf(value)
  if (wrong === undefined) return value as Verdict
  throw new NoVerdict(`answered ${shown(value)}, which is no verdict: ${wrong}`)
}

/** A `NoVerdict` if a function of a subject returned a promise. */
export function refusePromise(value: unknown, name: "decide" | "policy"): void {
  if (!isThenable(value)) return
  // Nobody waits for it: that it is rejected must not end the process.
  Promise.resolve(value).catch(() => undefined)
  throw new NoVerdict(`${name} returned a promise, and a decision is synchronous`)
}

/** The first member that a verdict has otherwise. */
function wrongOf(value: unknown): string | undefined {
  if (!isObject(value)) return "it is no object"
  if (value["_tag"] === "Deny") return wrongOfDenial(value)
  if (value["_tag"] === "Allow") return wrongOfAllow(value)
  return "_tag is neither Allow nor Deny"
}

function wrongOfDenial({ reason, status, message }: Members): string | undefined {
  if (typeof reason !== "string") return not("reason", reason, "a text")
  if (!Number.isInteger(status)) return not("status", status, "a whole number")
  return typeof message === "string" ? undefined : not("message", message, "a text")
}

const texts = ["session", "sessionBy", "leaf", "leafBy"] as const

function wrongOfAllow({ identity, obligations }: Members): string | undefined {
  if (!isObject(identity)) return not("identity", identity, "an object")
  for (const name of texts) {
    const text = identity[name]
    if (text !== undefined && typeof text !== "string") {
      return not(`identity.${name}`, text, "a text or undefined")
    }
  }
  if (!Array.isArray(obligations)) return not("obligations", obligations, "a list")
  const odd = obligations.findIndex((one) => typeof one !== "string")
  return odd < 0 ? undefined : not(`obligations.${odd}`, obligations[odd], "a text")
}

function not(member: string, found: unknown, wanted: string): string {
  return found === undefined
    ? `${member} is missing`
    : `${member} is ${shown(found)}, not ${wanted}`
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
