import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

const workspace = resolve(import.meta.dirname, "../../..")

/**
 * Copies the engine, its tests and the model into a temporary folder, which is removed at the end:
 * somebody may edit the tree while the mutants are tried. There, `vitest` is the harness.
 */
export function takeSnapshot(): string {
  const root = mkdtempSync(join(tmpdir(), "countersign-rules-"))
  process.once("exit", () => rmSync(root, { recursive: true, force: true }))
  copy("packages/engine/src", join(root, "engine/src"))
  copy("packages/engine/test", join(root, "engine/test"))
  copy("spec/src", join(root, "spec/src"))
  writePackage(join(root, "engine"), "src/index.ts")
  writePackage(join(root, "spec"), "src/index.ts")
  const vitest = join(root, "node_modules/vitest")
  writePackage(vitest, "index.js")
  const harness = new URL("./harness.ts", import.meta.url).href
  writeFileSync(join(vitest, "index.js"), `export * from ${JSON.stringify(harness)}`)
  symlinkSync(join(workspace, "node_modules/fast-check"), join(root, "node_modules/fast-check"))
  return root
}

function copy(from: string, to: string): void {
  cpSync(join(workspace, from), to, { recursive: true })
}

function writePackage(folder: string, main: string): void {
  mkdirSync(folder, { recursive: true })
  const content = { type: "module", exports: `./${main}` }
  writeFileSync(join(folder, "package.json"), JSON.stringify(content))
}
