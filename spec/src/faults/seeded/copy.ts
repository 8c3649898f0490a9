import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"

/** From source and from `dist` alike. */
export const workspace: string = resolve(import.meta.dirname, "../../../..")

const members = [
  ...["engine", "x509", "http", "config", "guard", "pki"].map((name) => `packages/${name}`),
  ...["node", "fastify", "koa"].map((name) => `adapters/${name}`),
  "spec",
]

/** What a member is run from, of what it has. */
const parts = ["package.json", "src", "vectors", "coverage.json", "x509"]

/** Whether the sources are here to be patched: they are in a clone of the repository, not in a package. */
export function hasSources(): boolean {
  return members.every((member) => existsSync(join(workspace, member, "src/index.ts")))
}

/**
 * Copies the sources into a temporary folder: somebody may edit the tree meanwhile. It is removed when
 * the process ends, at the latest. The copies find each other and, as links, everything that is installed.
 */
export function copyTree(): string {
  const root = mkdtempSync(join(tmpdir(), "countersign-faults-"))
  process.once("exit", () => removeTree(root))
  for (const member of members) {
    for (const part of parts) copyIfPresent(join(member, part), root)
    linkInstalled(join(member, "node_modules"), root)
    link(
      join(root, member),
      join(root, "node_modules/@countersign", member.split("/").at(-1) ?? ""),
    )
  }
  linkInstalled("node_modules", root)
  return root
}

export function removeTree(root: string): void {
  rmSync(root, { recursive: true, force: true })
}

function copyIfPresent(path: string, root: string): void {
  const from = join(workspace, path)
  if (existsSync(from)) cpSync(from, join(root, path), { recursive: true })
}

/** Every package of the folder but this repository's own; scopes are folders of packages. */
function linkInstalled(folder: string, root: string): void {
  const from = join(workspace, folder)
  if (!existsSync(from)) return
  for (const name of readdirSync(from)) {
    if (!name.startsWith(".") && name !== "@countersign") {
      link(join(from, name), join(root, folder, name))
    }
  }
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path)
}
