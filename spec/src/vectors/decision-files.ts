import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"

const folder = new URL("../../vectors/decisions/", import.meta.url)

/** The committed files of decision vectors, in the order of their names. */
export function decisionFiles(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => fileURLToPath(new URL(name, folder)))
}
