import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { root } from "../root.ts"

const folders = ["packages", "adapters"]

export interface Entry {
  /** As people write it. */
  readonly name: string
  /** What is imported to measure it. */
  readonly from: string
}

/** Everything that can be imported from the published packages; the engine as `npm pack` bundles it. */
export async function entries(folder: string): Promise<readonly Entry[]> {
  const engine = join(folder, "engine.mjs")
  const { bundleEntry } = await import(new URL("../scripts/bundle-entry.mjs", root).href)
  await bundleEntry(fileURLToPath(new URL("../packages/engine", root)), engine)
  const packed = pathToFileURL(engine).href
  return names().map((name) => ({ name, from: name === ENGINE ? packed : name }))
}

export const ENGINE = "@countersign/engine"

function names(): readonly string[] {
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
