import { readFileSync } from "node:fs"
import { Command, CommanderError } from "commander"
import type { AddCommand } from "./add-command.ts"
import { addConform } from "./commands/conform.ts"
import { addDifferences } from "./commands/differences.ts"
import { addFaults } from "./commands/faults.ts"
import { addLimbo } from "./commands/limbo.ts"
import { addStates } from "./commands/states.ts"
import { printable } from "./printable.ts"
import { exitCodes, type Terminal, UsageError } from "./terminal.ts"

/** Runs one command line (without the program's name) and returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = exitCodes.asExpected
  const program = programFor(terminal, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: "user" })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.asExpected : exitCodes.unusable
    }
    if (!(error instanceof UsageError)) throw error
    const lines = error.message.split("\n").map((line) => `countersign-spec: ${printable(line)}\n`)
    terminal.err(lines.join(""))
    return exitCodes.unusable
  }
}

const commands: readonly AddCommand[] = [addConform, addStates, addDifferences, addFaults, addLimbo]

function programFor(terminal: Terminal, finish: (exitCode: number) => void): Command {
  const { out, err, columns, colours } = terminal
  const program = new Command("countersign-spec")
    .version(versionOf(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help of the program or of a command")
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: out,
      writeErr: err,
      outputError: (text, write) => write(text.replace(/^error: /, "countersign-spec: ")),
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
      getOutHasColors: () => colours.isColorSupported,
      getErrHasColors: () => colours.isColorSupported,
    })
  for (const add of commands) add(program, terminal, finish)
  return program
}

function versionOf(): string {
  const file = new URL("../../package.json", import.meta.url)
  const { version }: { readonly version: string } = JSON.parse(readFileSync(file, "utf8"))
  return version
}
