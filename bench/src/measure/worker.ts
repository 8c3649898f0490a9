import type { ChildProcess } from "node:child_process"
import { pathToFileURL } from "node:url"
import { messageOf } from "./child.ts"

/**
 * Makes the file at `url` a process that answers messages, one at a time; it ends with its parent, or
 * with the first error. Such a file exports nothing: imported, it would speak to its importer's parent.
 */
export function work<Q, A>(
  url: string,
  hello: object,
  answer: (question: Q) => A | Promise<A>,
): void {
  const [, file = ""] = process.argv
  if (url !== pathToFileURL(file).href) throw new Error(`${url} is to be started, not imported`)
  process.on("disconnect", () => process.exit())
  process.on("message", async (question: Q) => {
    process.send?.({ answer: await answer(question) })
  })
  process.send?.({ answer: hello })
}

/** Waits for what a process says first. */
export async function hello<A>(child: ChildProcess): Promise<A> {
  const { answer } = await messageOf<{ readonly answer: A }>(child, patience)
  return answer
}

/** Sends a question to a process and waits for its answer. */
export function ask<A>(child: ChildProcess, question: object): Promise<A> {
  const answer = hello<A>(child)
  child.send(question)
  return answer
}

/** Seconds for one answer; the longest takes a few. */
const patience = 60
