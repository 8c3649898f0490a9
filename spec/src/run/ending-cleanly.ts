import { constants } from "node:os"

/**
 * Does work of which an interrupted process must leave nothing behind: it then ends as any other does,
 * and what is removed at its end is removed. Only work that lets the event loop turn may be wrapped,
 * for a signal that JavaScript handles does not end a process that never comes to handle it.
 */
export async function endingCleanly<T>(work: () => Promise<T>): Promise<T> {
  for (const signal of signals) process.on(signal, end)
  try {
    return await work()
  } finally {
    for (const signal of signals) process.off(signal, end)
  }
}

const signals = ["SIGINT", "SIGTERM"] as const

function end(signal: NodeJS.Signals): void {
  process.exit(128 + constants.signals[signal])
}
