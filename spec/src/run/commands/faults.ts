import { Option } from "commander"
import type { FaultsOptions } from "../../faults/seeded/main.ts"
import { type AddCommand, exitCodesHelp } from "../add-command.ts"
import { endingCleanly } from "../ending-cleanly.ts"

export const addFaults: AddCommand = (program, terminal, finish) => {
  program
    .command("faults")
    .summary("patch a copy of the sources fault by fault, and say what notices each")
    .description(
      "Patches a copy of the sources with one seeded fault after the other, and says which vector, law\n" +
        "or state notices it. Needs a clone of the repository; exits with 1 if a fault survives.",
    )
    .option("--filter <text>", "only faults with this text in their id or sentence")
    .addOption(new Option("--by <who>", "only faults of").choices(["author", "reviewer"]))
    .option("--all", "do not stop at what notices a fault first")
    .option("--json", "print one JSON object")
    .addHelpText("after", `${examples}\n${exitCodesHelp("a fault survives")}`)
    .action(async (options: FaultsOptions) => {
      const { main } = await import("../../faults/seeded/main.ts")
      finish(await endingCleanly(() => main(options, terminal)))
    })
}

const examples = `
Examples:
  countersign-spec faults
  countersign-spec faults --filter binding --all`
