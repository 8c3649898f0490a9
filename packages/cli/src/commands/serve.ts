import { InvalidArgumentError } from "commander"
import type { AddCommand } from "../add-command.ts"
import type { ServeOptions } from "../serve/serve.ts"
import { configOption, orgOption, revocationOption } from "./config-option.ts"

export const addServe: AddCommand = (program, terminal, finish) => {
  program
    .command("serve")
    .summary("a TLS server that answers with the verdict, for trying a configuration with curl")
    .description(
      "Serves a configuration. Whoever is allowed reads the verdict as JSON; whoever is denied, what\n" +
        "a client of the API would read. Denials are logged with their reasons, tokens never.",
    )
    .addOption(configOption())
    .addOption(orgOption())
    .addOption(revocationOption())
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--port <number>", "TLS port; 0 takes a free one", port, 8443)
    .option("--plain-port <number>", "also serve plain HTTP on this port", port)
    .option("--cert <file>", "the server's certificate chain as PEM (default: a throw-away one)")
    .option("--key <file>", "its private key as PEM")
    .addHelpText("after", examples)
    .action(async (options: ServeOptions) => {
      const { serve } = await import("../serve/serve.ts")
      finish(await serve(options, terminal))
    })
}

function port(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(number <= 65_535)) throw new InvalidArgumentError("write a number from 0 to 65535.")
  return number
}

const examples = `
Examples:
  countersign serve --config gateway/
  countersign serve --config gateway/ --port 0 --plain-port 8080
  curl -k --cert client.pem --key client.key https://127.0.0.1:8443/orders/`
