import type { Verdict } from "@countersign/engine"
import { answerOn, type Target } from "./answer.ts"
import type { Message } from "./facts.ts"
import { admit, type Gate, judge } from "./gate.ts"

/** Lets a request enter, or answers it; at once where the stores answer at once. */
export function pass(gate: Gate, message: Message, target: Target, enter: () => void): void {
  const verdict = judge(gate, message)
  if (verdict instanceof Promise) waitFor(verdict, gate, message, target, enter)
  else settle(verdict, gate, message, target, enter)
}

/** The handler runs outside the promise: what it throws is its own fault, not a rejection of ours. */
function waitFor(
  verdict: Promise<Verdict>,
  gate: Gate,
  message: Message,
  target: Target,
  enter: () => void,
): void {
  // Nobody else listens yet, and an error without a listener would end the process.
  target.on("error", ignore)
  void verdict.then((settled) => {
    process.nextTick(() => {
      if (isGone(message, target)) return
      target.off("error", ignore)
      settle(settled, gate, message, target, enter)
    })
  })
}

function ignore(): void {}

/** Asked of the request: a response in a pipeline has no socket yet. */
function isGone(message: Message, target: Target): boolean {
  return "respond" in target ? target.destroyed : message.socket.destroyed
}

function settle(
  verdict: Verdict,
  gate: Gate,
  message: Message,
  target: Target,
  enter: () => void,
): void {
  if (verdict._tag === "Allow") {
    admit(gate, message, verdict)
    enter()
  } else answerOn(target, verdict, gate.body)
}
