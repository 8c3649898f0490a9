import { InvalidArgumentError, Option } from "commander"

/** What every command but the demo reads. */
export function configOption(): Option {
  return new Option("--config <path>", "a gateway folder, or a single API definition")
    .makeOptionMandatory()
    .argParser(nonEmpty)
}

/** An empty path, as an unset variable leaves it, would mean the folder one happens to stand in. */
function nonEmpty(path: string): string {
  if (path === "") throw new InvalidArgumentError("name a folder or a file.")
  return path
}
