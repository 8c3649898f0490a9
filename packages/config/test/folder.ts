import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { onTestFinished } from "vitest"
import {
  type Configuration,
  type Invalid,
  type LoadOptions,
  loadConfiguration,
} from "../src/index.ts"

/** Files by name; what is not text or bytes is written as JSON. */
export type Files = Readonly<Record<string, unknown>>

export const now: number = Date.UTC(2026, 0, 1)

/** Writes a folder that goes away with the test. */
export function folder(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), "countersign-config-"))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  write(root, files)
  return root
}

export function write(root: string, files: Files): void {
  for (const [name, contents] of Object.entries(files)) {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    const raw = typeof contents === "string" || contents instanceof Uint8Array
    writeFileSync(path, raw ? contents : JSON.stringify(contents))
  }
}

export function load(files: Files, options: Partial<LoadOptions> = {}): Configuration | Invalid {
  return loadConfiguration(folder(files), { now, ...options })
}

/** Every problem as `code file place`. */
export function problemsOf(files: Files, options: Partial<LoadOptions> = {}): readonly string[] {
  return load(files, options).problems.map(({ code, file, place }) => `${code} ${file} ${place}`)
}

export function loaded(files: Files, options: Partial<LoadOptions> = {}): Configuration {
  const result = load(files, options)
  if (result._tag === "Configuration") return result
  throw new Error(result.problems.map(({ code, place }) => `${code} ${place}`).join("\n"))
}

/** A complete definition of an API that takes tokens. */
export function definition(changes: Readonly<Record<string, unknown>> = {}): object {
  return {
    api_id: "api",
    org_id: "org",
    active: true,
    use_keyless: false,
    use_standard_auth: true,
    use_mutual_tls_auth: false,
    proxy: { listen_path: "/api/" },
    ...changes,
  }
}
