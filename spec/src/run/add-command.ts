import type { Command } from "commander"
import type { Terminal } from "./terminal.ts"

/** Adds one command; its action tells the exit code. Modules that cost time are imported inside it. */
export type AddCommand = (
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
) => void

/** The end of every command's help; `differs` is what ends it with 1. */
export function exitCodesHelp(differs: string): string {
  return `
Exit codes: 0 all as expected, 1 ${differs}, 2 bad usage or input
that cannot be read.`
}
