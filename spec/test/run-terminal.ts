import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import picocolors from "picocolors"
import { afterAll } from "vitest"
import { run } from "../src/run/command-line.ts"
import type { Terminal } from "../src/run/terminal.ts"

/** What a command line printed, and how it ended. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line of `countersign-spec` in this process. */
export async function ran(args: readonly string[], over: Partial<Terminal> = {}): Promise<Ran> {
  const written = { out: "", err: "" }
  const terminal: Terminal = {
    out: (text) => {
      written.out += text
    },
    err: (text) => {
      written.err += text
    },
    colours: picocolors.createColors(false),
    columns: 100,
    isWatched: false,
    ...over,
  }
  const code = await run(args, terminal)
  return { code, ...written }
}

/** A temporary folder of a test file, which is removed at the end. */
export function temporaryFolder(): {
  readonly path: string
  readonly write: (name: string, text: string) => string
} {
  const path = mkdtempSync(join(tmpdir(), "countersign-spec-"))
  afterAll(() => rmSync(path, { recursive: true, force: true }))
  return {
    path,
    write: (name, text) => {
      const file = join(path, name)
      writeFileSync(file, text)
      return file
    },
  }
}
