import picocolors from "picocolors"
import { run } from "./run/command-line.ts"
import { exitCodes, type Terminal } from "./run/terminal.ts"

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
  columns: Math.max(80, Math.min(process.stdout.columns ?? 100, 140)),
  isWatched: process.stderr.isTTY === true,
}

// What a module or a driver under test leaves behind, nobody waits for.
process.on("uncaughtException", (error) => {
  terminal.err(`countersign-spec: nobody caught: ${error instanceof Error ? error.stack : error}\n`)
  process.exit(exitCodes.unusable)
})

const exitCode = await run(process.argv.slice(2), terminal)
// Some commands set the code of the process themselves.
const code = Math.max(exitCode, Number(process.exitCode ?? 0))
process.stdout.write("", () => process.exit(code))
