import {
  type Configuration,
  createLoader,
  type Loader,
  type LoadOptions,
} from "@countersign/config"
import { formatProblems } from "./problems.ts"
import { OperatorError, type Terminal } from "./terminal.ts"

/** What every command but the demo is told about its configuration. */
export interface ConfigurationOptions {
  /** A folder or a file. */
  readonly config: string
  /** The organisation of definitions that name none. */
  readonly org?: string
  /** How strictly revocation lists are checked, for every API; default `soft` where there are any. */
  readonly revocation?: "off" | "soft" | "hard"
}

/** What a load depends on besides the files. */
export function loadOptions(
  { org, revocation }: ConfigurationOptions,
  terminal: Terminal,
): LoadOptions {
  const { env, now } = terminal
  return {
    env,
    now: now(),
    ...(org !== undefined && { orgId: org }),
    ...(revocation !== undefined && { revocation }),
  }
}

/** Loads a configuration and prints the errors that stop it; they end the command. */
export function load(options: ConfigurationOptions, terminal: Terminal): Configuration {
  return loadAgain(options, terminal).configuration
}

/** The same, to be loaded again. */
export function loadAgain(
  options: ConfigurationOptions,
  terminal: Terminal,
): { readonly configuration: Configuration; readonly loader: Loader } {
  const loader = createLoader(options.config, loadOptions(options, terminal))
  const configuration = loader.load()
  if (configuration._tag === "Configuration") return { configuration, loader }
  terminal.err(formatProblems(configuration.problems, terminal))
  throw new OperatorError(`${options.config} cannot be served; repair the errors above`)
}
