import type { Configuration, Invalid, LoadOptions } from "./configuration.ts"
import { createLoader } from "./loader.ts"

/**
 * Loads a configuration from a folder or a single file: everything that can be served, or every reason why
 * nothing is. Synchronous, and total for whatever stands in the files.
 */
export function loadConfiguration(path: string, options: LoadOptions): Configuration | Invalid {
  return createLoader(path, options).load()
}
