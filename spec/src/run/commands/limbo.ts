import { Option } from "commander"
import { type AddCommand, exitCodesHelp } from "../add-command.ts"

interface LimboOptions {
  readonly profile: string
  readonly signatures: string
  readonly json?: boolean
}

export const addLimbo: AddCommand = (program) => {
  program
    .command("limbo")
    .summary("run path-validation cases in the format of the public suite")
    .description(
      "Runs path-validation cases in the format of the public suite; disagreements that are known stand\n" +
        "in x509/exceptions.json, each with its reason.",
    )
    .argument("<file...>", "files of cases, as JSON")
    .addOption(
      new Option("--profile <name>", "how strict")
        .choices(["default", "strict"])
        .default("default"),
    )
    .addOption(
      new Option("--signatures <name>", "which implementation verifies")
        .choices(["node", "webcrypto"])
        .default("node"),
    )
    .option("--json", "print one JSON object")
    .addHelpText("after", `${examples}\n${exitCodesHelp("a disagreement that is not listed")}`)
    .action(async (files: readonly string[], { profile, signatures, json }: LimboOptions) => {
      const { main } = await import("../../limbo/main.ts")
      const flags = ["--profile", profile, "--signatures", signatures]
      await main([...flags, ...(json === true ? ["--json"] : []), "--", ...files])
    })
}

const examples = `
Examples:
  countersign-spec limbo limbo.json
  countersign-spec limbo --profile strict --signatures webcrypto limbo.json`
