import { readdirSync, readFileSync } from "node:fs"
import { root } from "../root.ts"

const folders = ["packages", "adapters"]

/** Everything that can be imported from the published packages, as people write it. */
export function entries(): readonly string[] {
  return folders.flatMap((folder) => {
    const parent = new URL(`../${folder}/`, root)
    return readdirSync(parent)
      .sort()
      .flatMap((name) => entriesOf(new URL(`${name}/package.json`, parent)))
  })
}

interface Manifest {
  readonly name: string
  readonly exports: Readonly<Record<string, unknown>>
}

function entriesOf(file: URL): readonly string[] {
  const { name, exports }: Manifest = JSON.parse(readFileSync(file, "utf8"))
  return Object.keys(exports)
    .filter((path) => path !== "./package.json")
    .map((path) => name + path.slice(1))
}
