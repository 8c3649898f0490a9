import { type Configuration, type LoadOptions, loadConfiguration } from "@countersign/config"
import { formatProblems } from "./problems.ts"
import { OperatorError, type Terminal } from "./terminal.ts"

/** What every command but the demo is told about its configuration. */
export interface ConfigurationOptions {
  /** A folder or a file. */
  readonly config: string
  /** The organisation of definitions that name none. */
  readonly org?: string
}

/** What a load depends on besides the files. */
export function loadOptions({ org }: ConfigurationOptions, terminal: Terminal): LoadOptions {
  const { env, now } = terminal
  return { env, now: now(), ...(org !== undefined && { orgId: org }) }
}

/** Loads a configuration and prints the errors that stop it; they end the command. */
export function load(options: ConfigurationOptions, terminal: Terminal): Configuration {
  const loaded = loadConfiguration(options.config, loadOptions(options, terminal))
  if (loaded._tag === "Configuration") return loaded
  terminal.err(formatProblems(loaded.problems, terminal))
  throw notServable(options)
}

export function notServable({ config }: ConfigurationOptions): OperatorError {
  return new OperatorError(`${config} cannot be served; repair the errors above`)
}
