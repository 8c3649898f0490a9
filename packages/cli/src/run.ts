import { readFileSync } from "node:fs"
import { Command, CommanderError } from "commander"
import type { AddCommand } from "./add-command.ts"
import { addCheck } from "./commands/check.ts"
import { addDemo } from "./commands/demo.ts"
import { addExplain } from "./commands/explain.ts"
import { addServe } from "./commands/serve.ts"
import { printable } from "./printable.ts"
import { exitCodes, OperatorError, type Terminal } from "./terminal.ts"

/** Runs one command line (without the program's name) and returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode: number = exitCodes.success
  const program = programFor(terminal, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: "user" })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.success : exitCodes.failure
    }
    if (!(error instanceof OperatorError)) throw error
    terminal.err(`countersign: ${printable(error.message)}\n`)
    return exitCodes.failure
  }
}

function programFor(terminal: Terminal, finish: (exitCode: number) => void): Command {
  const program = new Command("countersign")
    .description("May this request, with this client certificate and this token, use this API?")
    .version(versionOf(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      outputError: (text, write) => write(text.replace(/^error: /, "countersign: ")),
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => terminal.colours.isColorSupported,
      getErrHasColors: () => terminal.colours.isColorSupported,
    })
    .addHelpText("after", examples)
  const commands: readonly AddCommand[] = [addDemo, addServe, addExplain, addCheck]
  for (const add of commands) add(program, terminal, finish)
  return program
}

const examples = `
Examples:
  countersign demo                              watch real clients be allowed and refused
  countersign check --config gateway/           what is wrong with this configuration?
  countersign serve --config gateway/           try it with curl
  countersign explain --config gateway/ --api payments --cert client.pem
                                                which rule decides, and what would change it

countersign COMMAND --help tells more.`

function versionOf(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  )
  const { version } = manifest as { readonly version: string }
  return version
}
