import type { Command } from "commander"
import type { Terminal } from "./terminal.ts"

/** Adds one command; its action tells the exit code. Modules that cost time are imported inside it. */
export type AddCommand = (
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
) => void
