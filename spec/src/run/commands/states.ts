import { type AddCommand, exitCodesHelp } from "../add-command.ts"

export const addStates: AddCommand = (program, terminal, finish) => {
  program
    .command("states")
    .summary("compare the engine with the reference model on every state")
    .description(
      "Compares the engine, the reference model and explain on every state of a decision, in two\n" +
        "processes. Where they differ, prints the smallest such state in words and as a vector.",
    )
    .option("--product <name...>", `these sets of states only: ${products}`)
    .option("--write-counterexamples <dir>", "write the vectors as files, too")
    .addHelpText("after", `${examples}\n${exitCodesHelp("a state differs")}`)
    .action(
      async (options: {
        readonly product?: readonly string[]
        readonly writeCounterexamples?: string
      }) => {
        const { main } = await import("../../states/main.ts")
        finish(await main(options, terminal))
      },
    )
}

/** The names are written here, too: making the sets costs more than help should. */
const products = "near, far, jwt, admission, checks, alternatives, boundaries"

const examples = `
Examples:
  countersign-spec states
  countersign-spec states --product checks boundaries`
