import { printable } from "./printable.ts"
import type { Terminal } from "./terminal.ts"

/** Says how far a run is; `done` takes the line away. */
export interface Progress {
  readonly show: (text: string) => void
  readonly done: () => void
}

/** One line of standard error that rewrites itself; nothing where nobody watches. */
export function progressOn({ err, isWatched, columns }: Terminal): Progress {
  if (!isWatched) return { show: () => undefined, done: () => undefined }
  let last = Number.NEGATIVE_INFINITY
  return {
    show: (text) => {
      const now = performance.now()
      if (now - last < REDRAW_MS) return
      last = now
      err(`\r\u001b[K${printable(text).slice(0, columns - 1)}`)
    },
    done: () => err("\r\u001b[K"),
  }
}

const REDRAW_MS = 100
