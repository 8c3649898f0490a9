import picocolors from "picocolors"
import { run } from "./run.ts"
import type { Terminal } from "./terminal.ts"

const interruption = new AbortController()
const interrupt = (): void => interruption.abort()
process.once("SIGINT", interrupt)
process.once("SIGTERM", interrupt)

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0)
  throw error
})

const terminal: Terminal = {
  out: (text) => {
    process.stdout.write(text)
  },
  err: (text) => {
    process.stderr.write(text)
  },
  colours: picocolors.createColors(process.stdout.isTTY === true && !process.env["NO_COLOR"]),
  columns: Math.max(100, Math.min(process.stdout.columns ?? 100, 140)),
  input: async () => {
    const chunks: Buffer[] = []
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks).toString("utf8")
  },
  env: process.env,
  now: Date.now,
  interrupted: interruption.signal,
  watch: async (path) => {
    const { watchFiles } = await import("./serve/watch-files.ts")
    return watchFiles(path)
  },
  onHangup: (reload) => {
    process.on("SIGHUP", reload)
    return () => process.off("SIGHUP", reload)
  },
}

process.exitCode = await run(process.argv.slice(2), terminal)
