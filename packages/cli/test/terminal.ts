import picocolors from "picocolors"
import type { Terminal } from "../src/index.ts"
import { run } from "../src/index.ts"

/** What a command line printed, and how it ended. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface FakeTerminal extends Terminal {
  readonly written: { out: string; err: string }
}

export function fakeTerminal(over: Partial<Terminal> = {}): FakeTerminal {
  const written = { out: "", err: "" }
  return {
    out: (text) => {
      written.out += text
    },
    err: (text) => {
      written.err += text
    },
    colours: picocolors.createColors(false),
    columns: 100,
    input: () => Promise.resolve(""),
    env: {},
    now: Date.now,
    interrupted: new AbortController().signal,
    watch: () =>
      Promise.resolve({
        listen: () => {},
        follow: () => Promise.resolve(),
        close: () => Promise.resolve(),
      }),
    onHangup: () => () => {},
    ...over,
    written,
  }
}

export async function ran(args: readonly string[], over: Partial<Terminal> = {}): Promise<Ran> {
  const terminal = fakeTerminal(over)
  const code = await run(args, terminal)
  return { code, ...terminal.written }
}
