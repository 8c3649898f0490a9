import { InvalidArgumentError, Option } from "commander"

/** What every command but the demo reads. */
export function configOption(): Option {
  return new Option("--config <path>", "a gateway folder, or a single API definition")
    .makeOptionMandatory()
    .argParser(nonEmpty("name a folder or a file."))
}

/** Manifests of the operator name no organisation. */
export function orgOption(): Option {
  return new Option("--org <id>", "the organisation of definitions that name none").argParser(
    nonEmpty("name an organisation."),
  )
}

/** An empty path, as an unset variable leaves it, would mean the folder one happens to stand in. */
function nonEmpty(remedy: string): (text: string) => string {
  return (text) => {
    if (text === "") throw new InvalidArgumentError(remedy)
    return text
  }
}
