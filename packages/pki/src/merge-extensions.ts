import { EXTENSION_OIDS, type Extension, type ExtensionName } from "./extension.ts"

export interface ExtensionChoice {
  /** Each replaces the default of its OID or is added; the same OID twice is written twice. */
  readonly extensions?: readonly Extension[]
  /** Defaults to leave out, by name or OID. */
  readonly omit?: readonly (ExtensionName | `${number}.${string}`)[]
}

/** Default extensions without those omitted or replaced, followed by the given ones. */
export function mergeExtensions(
  defaults: readonly Extension[],
  { extensions = [], omit = [] }: ExtensionChoice,
): readonly Extension[] {
  const names: Readonly<Record<string, string>> = EXTENSION_OIDS
  const dropped = new Set([
    ...omit.map((name) => names[name] ?? name),
    ...extensions.map((extension) => extension.oid),
  ])
  return [...defaults.filter((extension) => !dropped.has(extension.oid)), ...extensions]
}
