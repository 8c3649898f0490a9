import { type Command, InvalidArgumentError, Option } from "commander"
import { type AddCommand, exitCodesHelp } from "../add-command.ts"
import type { ConformOptions } from "../conform-options.ts"

/** What the program does when no command is named. */
export const addConform: AddCommand = (program, terminal, finish) => {
  program
    .description(
      "Is it decided as it should be? Runs vectors and laws against this workspace's engine, another\n" +
        "module, or a live gateway, and prints what differs.",
    )
    .option(
      "--module <file>",
      "a module that exports decide(policy, request), and perhaps policy(input)",
    )
    .addOption(
      new Option(
        "--driver <name>",
        "a live gateway: node, fastify, koa (each also with -http2), or a module that exports one",
      ).conflicts(["module", "seed", "runs", "writeCounterexamples"]),
    )
    .option(
      "--vectors <file...>",
      "these files (vectors, or printed counterexamples) and nothing else",
    )
    .option("--filter <text>", "only what has this text in its id or sentence")
    .addOption(new Option("--only <what>", "half of it").choices(["vectors", "laws"]))
    .option("--seed <n>", "of what the laws generate", wholeNumber(-0x80000000, 0x7fffffff), 5280)
    .option("--runs <n>", "cases tried of each law", wholeNumber(1, 10_000_000), 300)
    .addOption(
      new Option(
        "--preset <name>",
        "whose statuses are expected (default: both of a module, the first of a gateway)",
      ).choices(["default", "tyk-5.12"]),
    )
    .option("--timeout <ms>", "of each exchange", wholeNumber(1, 3_600_000), 5000)
    .option("--write-counterexamples <dir>", "write a file for each law that does not hold")
    .option("--json", "print one JSON object")
    .addHelpText("after", `${examples}\n${exitCodesHelp("something differs")}`)
    .allowExcessArguments()
    .action(async (options: ConformOptions, command: Command) => {
      if (command.args.length > 0) {
        command.error(`error: unknown command '${command.args[0]}'; see --help`)
      }
      const { conform } = await import("../conform.ts")
      finish(await conform(options, terminal))
    })
}

/** Decimal digits, so that `1e3` and `0x10` are no surprise. */
function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`write a whole number from ${least} to ${most}`)
  }
}

const examples = `
Examples:
  countersign-spec                              this workspace's engine: all vectors, all laws
  countersign-spec --module ./mine.mjs          your own engine
  countersign-spec --driver ./mine.mjs          your own gateway, over TLS
  countersign-spec --filter bind --runs 10000   a part of it, more thoroughly
  countersign-spec --vectors counterexample.json`
