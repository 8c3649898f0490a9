import { type Configuration, loadConfiguration } from "@countersign/config"
import { formatProblems } from "./problems.ts"
import { OperatorError, type Terminal } from "./terminal.ts"

/** Loads what is to be served and prints what is wrong with it; an error ends the command. */
export function load(
  path: string,
  terminal: Terminal,
  shown: "everything" | "errors",
): Configuration {
  const loaded = loadConfiguration(path, { env: terminal.env, now: terminal.now() })
  const isServed = loaded._tag === "Configuration"
  if (shown === "everything" || !isServed) terminal.err(formatProblems(loaded.problems, terminal))
  if (isServed) return loaded
  throw new OperatorError(`${path} cannot be served; repair the errors above`)
}
