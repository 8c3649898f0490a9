import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { root } from "../root.ts"

/** Starts a compiled file of this package as plain node would, without loaders. */
export function start(
  file: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): ChildProcess {
  return fork(new URL(`dist/${file}`, root), [...args], { execArgv: [...flags] })
}

/** The one message that a child process sends; an error if it ends without one. */
export async function messageOf<A>(child: ChildProcess): Promise<A> {
  const ended = new AbortController()
  const exit = once(child, "exit", { signal: ended.signal }).then(([code]) => {
    throw new Error(`${child.spawnargs.at(-1)} ended with ${code} and said nothing`)
  })
  const message = once(child, "message").then(([sent]) => sent)
  try {
    return await Promise.race([message, exit])
  } finally {
    exit.catch(() => {})
    ended.abort()
  }
}
