import { Option } from "commander"
import type { AddCommand } from "../add-command.ts"
import type { ExplainOptions } from "../explain/explain.ts"
import { configOption, orgOption, revocationOption } from "./config-option.ts"

export const addExplain: AddCommand = (program, terminal, finish) => {
  program
    .command("explain")
    .summary("which rule decides a request, and what would change it")
    .description(
      "Decides a request without sending it, and prints every rule that was tried with what it saw,\n" +
        "the verdict, and the smallest change that would have passed the rule that denied.",
    )
    .addOption(configOption())
    .addOption(orgOption())
    .addOption(revocationOption())
    .requiredOption("--api <id>", "the API that is asked")
    .option("--cert <file>", "the client's certificate as PEM, or a chain with the leaf first")
    .addOption(
      new Option(
        "--token <token>",
        "the token, as presented; - reads it from standard input, where other users do not see it",
      ).conflicts("tokenFile"),
    )
    .option("--token-file <file>", "a file that holds the token")
    .option("--host <name>", "the HTTP host (default: the API's own)")
    .option("--server-name <name>", "the TLS server name (default: the host)")
    .option("--path <path>", "the request path (default: the API's listen path)")
    .option("--at <time>", "decide at this time, as 2030-01-31T12:00:00Z (default: now)")
    .option("--plain", "over plain HTTP")
    .option("--exit-code", "exit with 1 if the request is denied")
    .option("--json", "print one JSON object")
    .addHelpText("after", examples)
    .action(async (options: ExplainOptions) => {
      const { explain } = await import("../explain/explain.ts")
      finish(await explain(options, terminal))
    })
}

const examples = `
Examples:
  countersign explain --config gateway/ --api orders --cert client.pem
  countersign explain --config gateway/ --api orders --token - < token.txt
  countersign explain --config gateway/ --api orders --cert client.pem --at 2030-01-01 --json
  countersign explain --config gateway/ --api orders --cert stranger.pem --exit-code`
