import type { ApiDefinition } from "./definition/api-definition.ts"
import { readClassic } from "./definition/classic.ts"
import { kindOf } from "./definition/kind.ts"
import { readOpenApi } from "./definition/openapi.ts"
import { parseText } from "./document/parse-text.ts"
import type { SettingsDocument } from "./gateway/settings.ts"
import { isManifest, type Manifest, readManifests } from "./manifest/manifest.ts"
import { below, type Place, problem, type Report } from "./problem.ts"

/** What the documents of one file are. */
export interface DocumentFile {
  readonly definitions: readonly ApiDefinition[]
  readonly manifests: readonly Manifest[]
  readonly settings: readonly SettingsDocument[]
}

export interface DocumentFileOptions {
  /** The organisation of definitions that name none. */
  readonly orgId: string | undefined
  /** The file's name says that it holds settings, whatever stands in it. */
  readonly isSettings: boolean
  /** What a document is that cannot be recognised: an error (`unknown`), or not read (`nothing`). */
  readonly otherwise: Unread
}

type Unread = "unknown" | "nothing"

interface Reading {
  readonly definitions: ApiDefinition[]
  readonly manifests: Manifest[]
  readonly settings: SettingsDocument[]
}

/** Reads every document of a JSON or YAML file, each recognised by what stands in it, lists included. */
export function readDocumentFile(
  text: string,
  file: string,
  options: DocumentFileOptions,
  report: Report,
): DocumentFile | undefined {
  const parsed = parseText(text, file)
  if ("code" in parsed) {
    report(parsed)
    return undefined
  }
  const reading: Reading = { definitions: [], manifests: [], settings: [] }
  for (const { value, place } of parsed) {
    if (options.isSettings) reading.settings.push({ value, place })
    else if (Array.isArray(value)) {
      value.forEach((one: unknown, i) => {
        readOne(one, below(place, i), options, reading, report)
      })
    } else readOne(value, place, options, reading, report)
  }
  return reading
}

function readOne(
  value: unknown,
  place: Place,
  { orgId, otherwise }: DocumentFileOptions,
  { definitions, manifests, settings }: Reading,
  report: Report,
): void {
  if (isManifest(value)) {
    for (const manifest of readManifests(value, place, report)) manifests.push(manifest)
    return
  }
  const kind = kindOf(value)
  if (kind === "settings") settings.push({ value, place })
  else if (kind === "classic" || kind === "openapi") {
    const read = kind === "classic" ? readClassic : readOpenApi
    const definition = read(value, place, { orgId }, report)
    if (definition !== undefined) definitions.push(definition)
  } else reportUnknown(otherwise, place, report)
}

function reportUnknown(kind: Unread, place: Place, report: Report): void {
  const message = "this is neither an API definition, nor a manifest, nor the settings of a gateway"
  const remedy = "correct it, or move it out of the configuration"
  report(
    problem(kind === "nothing" ? "file.not_read" : "file.unknown_kind", place, message, remedy),
  )
}
