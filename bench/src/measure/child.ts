import { type ChildProcess, fork } from "node:child_process"
import { once } from "node:events"
import { setTimeout } from "node:timers/promises"
import { root } from "../root.ts"

/** Starts a compiled file of this package as plain node would, without loaders. */
export function start(
  file: string,
  args: readonly string[] = [],
  flags: readonly string[] = [],
): ChildProcess {
  return fork(new URL(`dist/${file}`, root), [...args], { execArgv: [...flags] })
}

/** The next message of a child process; an error if it ends before or is silent for so many seconds. */
export async function messageOf<A>(child: ChildProcess, seconds = 600): Promise<A> {
  const waiting = new AbortController()
  const { signal } = waiting
  const file = child.spawnargs.find((arg) => arg.endsWith(".js"))
  const message = once(child, "message", { signal }).then(([sent]) => sent)
  const exit = once(child, "exit", { signal }).then(([code, by]) => {
    throw new Error(`${file} ended with ${code ?? by} and said nothing`)
  })
  const silence = setTimeout(seconds * 1000, undefined, { signal }).then(() => {
    throw new Error(`${file} said nothing for ${seconds} seconds`)
  })
  try {
    return await Promise.race([message, exit, silence])
  } finally {
    for (const one of [message, exit, silence]) one.catch(() => {})
    waiting.abort()
  }
}
