import type { Preset } from "@countersign/engine"
import type { Answer } from "../drivers/driver.ts"
import type { ExchangeVector } from "../vectors/exchange.ts"

/** What of an answer is not as expected, in one line; undefined where everything that it shows is. */
export function compareAnswer(
  expect: ExchangeVector["expect"],
  answer: Answer,
  preset: Preset,
  digestOf: (certificate: string) => string,
): string | undefined {
  const expected = expectedOf(expect, preset, digestOf)
  const differences = [
    difference("status", expected.status, answer.status),
    difference("reason", expected.reason, answer.reason),
    difference("session", expected.session, answer.session),
    difference("leaf", expected.leaf, answer.leaf),
  ].filter((text) => text !== undefined)
  return differences.length === 0 ? undefined : differences.join("; ")
}

interface Expected {
  readonly status: number
  readonly reason: string
  readonly session?: string
  readonly leaf?: string
}

function expectedOf(
  expect: ExchangeVector["expect"],
  preset: Preset,
  digestOf: (certificate: string) => string,
): Expected {
  if ("deny" in expect) {
    const { reason, status } = expect.deny
    return { status: status[preset], reason }
  }
  const { session, leaf } = expect.allow
  return { status: 200, reason: "none", session, leaf: leaf === "none" ? leaf : digestOf(leaf) }
}

/** Of what is not shown, or not expected to be anything, nothing is said. */
function difference(
  what: string,
  expected: string | number | undefined,
  observed: string | number | undefined,
): string | undefined {
  if (expected === undefined || observed === undefined || expected === observed) return undefined
  return `${what}: expected ${expected}, got ${observed}`
}
