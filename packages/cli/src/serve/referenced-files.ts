import { statSync } from "node:fs"
import { dirname, resolve } from "node:path"
import type { Configuration } from "@countersign/config"

/** The files that allow lists name, absolute; they may stand outside of the configuration. */
export function referencedFiles(
  path: string,
  { facts }: Pick<Configuration, "facts">,
): ReadonlySet<string> {
  const root = resolve(path)
  const base = statSync(root, { throwIfNoEntry: false })?.isDirectory() ? root : dirname(root)
  const listed = facts.apis.flatMap(({ definition }) => definition.allowList)
  const texts = [...facts.settings.certificates, ...listed].map(({ text }) => text)
  return new Set(texts.filter(isFile).map((text) => resolve(base, text)))
}

/** Neither PEM nor the id of a stored certificate. */
function isFile(text: string): boolean {
  return !text.includes("-----BEGIN ") && !/[0-9a-fA-F]{64}$/.test(text)
}
