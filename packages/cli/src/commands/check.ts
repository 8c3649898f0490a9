import type { AddCommand } from "../add-command.ts"
import type { CheckOptions } from "../check.ts"
import { configOption, orgOption, revocationOption } from "./config-option.ts"

export const addCheck: AddCommand = (program, terminal, finish) => {
  program
    .command("check")
    .summary("every problem of a configuration, with file, place and remedy")
    .description(
      "Reads a configuration as `serve` does, looks at what it means, and prints every problem with file,\n" +
        "place and remedy. Exits with 0 if it is clean, 1 for warnings with --strict, 2 for errors.",
    )
    .addOption(configOption())
    .addOption(orgOption())
    .addOption(revocationOption())
    .option("--strict", "exit with 1 if there are warnings")
    .option("--json", "print one JSON object")
    .addHelpText("after", examples)
    .action(async (options: CheckOptions) => {
      const { check } = await import("../check.ts")
      finish(check(options, terminal))
    })
}

const examples = `
Examples:
  countersign check --config gateway/
  countersign check --config gateway/ --strict --json | jq '.problems[].code'`
