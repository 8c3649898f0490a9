import type { ChildProcess } from "node:child_process"
import { messageOf } from "./child.ts"

/** Sends a message to a process and waits for the one it answers with. */
export function ask<A>(child: ChildProcess, question: object): Promise<A> {
  const answer = messageOf<A>(child)
  child.send(question)
  return answer
}
