import { type AddCommand, exitCodesHelp } from "../add-command.ts"

export const addDifferences: AddCommand = (program) => {
  program
    .command("differences")
    .summary("write DIFFERENCES.md: where the engine is stricter, and what to do about it")
    .description(
      "Compares the engine with a permissive model that is put together from classes of attack, and\n" +
        "writes every class of difference to DIFFERENCES.md.",
    )
    .option("--check", "write nothing; exit with 1 if the file is not up to date")
    .addHelpText(
      "after",
      `${examples}\n${exitCodesHelp("a --check that finds the file out of date")}`,
    )
    .action(async ({ check }: { readonly check?: boolean }) => {
      const { main } = await import("../../differences/main.ts")
      await main(check === true ? ["--check"] : [])
    })
}

const examples = `
Examples:
  countersign-spec differences
  countersign-spec differences --check`
