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

/** No document of a gateway says it. */
export function revocationOption(): Option {
  return new Option(
    "--revocation <mode>",
    "how strictly the lists of the folder crls are checked (default: soft where there are any)",
  ).choices(["off", "soft", "hard"])
}

/** An empty path, as an unset variable leaves it, would mean the folder one happens to stand in. */
function nonEmpty(remedy: string): (text: string) => string {
  return (text) => {
    if (text === "") throw new InvalidArgumentError(remedy)
    return text
  }
}
