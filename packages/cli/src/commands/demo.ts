import type { AddCommand } from "../add-command.ts"
import type { DemoOptions } from "../demo/demo.ts"

export const addDemo: AddCommand = (program, terminal, finish) => {
  program
    .command("demo")
    .summary("real clients against real servers, each allowed or refused with its reason")
    .description(
      "Makes throw-away certificates, starts TLS and plain servers on 127.0.0.1 with APIs of every\n" +
        "mechanism, and sends what each scenario presents. Exits with 1 if anything is not as expected.",
    )
    .option("--filter <text>", "only scenarios with TEXT in their id, title, source or API")
    .option("--scenarios <file>", "another scenario file")
    .option("--json", "print one JSON object")
    .addHelpText("after", examples)
    .action(async (options: DemoOptions) => {
      const { demo } = await import("../demo/demo.ts")
      finish(await demo(options, terminal))
    })
}

const examples = `
Examples:
  countersign demo
  countersign demo --filter attack
  countersign demo --json | jq '.scenarios[] | {id, verdict, reason}'`
