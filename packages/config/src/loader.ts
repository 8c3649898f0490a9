import { basename, dirname, resolve } from "node:path"
import { assemble } from "./assemble.ts"
import { type CertificateEntry, readEntry } from "./certificates/entry.ts"
import { referencedFiles } from "./certificates/referenced-file.ts"
import type { Configuration, Invalid, LoadOptions } from "./configuration.ts"
import type { ApiDefinition } from "./definition/api-definition.ts"
import { readDefinitions } from "./definition/read-definitions.ts"
import { documentLimits } from "./document/limits.ts"
import { parseJson } from "./document/parse-json.ts"
import type { Documents } from "./documents.ts"
import { createFileReader, type FileReader } from "./file-reader.ts"
import { readSettings, type Settings } from "./gateway/settings.ts"
import { type FolderFiles, isFolder, type ListedFile, listFolder } from "./list-folder.ts"
import type { Problem, Report } from "./problem.ts"
import { type RawSession, sessionsOf, shownSessionFile } from "./sessions/session-file.ts"

/** Loads the same configuration again and again; files that did not change are not read again. */
export interface Loader {
  /** Total; `now` defaults to that of the options. */
  readonly load: (now?: number) => Configuration | Invalid
}

/** Makes a loader of a folder or a file; see `loadConfiguration`. */
export function createLoader(path: string, options: LoadOptions): Loader {
  const readers = createReaders(options)
  return {
    load: (now = options.now) => {
      const problems: Problem[] = []
      const report: Report = (found) => problems.push(found)
      const documents = readDocuments(resolve(path), readers, report)
      return documents === undefined
        ? { _tag: "Invalid", problems }
        : assemble(documents, { ...options, now }, problems)
    },
  }
}

interface Readers {
  readonly settings: FileReader<Settings>
  readonly definitions: FileReader<readonly ApiDefinition[]>
  readonly sessions: FileReader<readonly RawSession[]>
  readonly certificate: FileReader<CertificateEntry>
}

function createReaders({ orgId }: LoadOptions): Readers {
  const { jsonBytes, pemBytes } = documentLimits
  return {
    settings: createFileReader(jsonBytes, (text, _path, file, report) => {
      const parsed = jsonOf(text, file, report)
      return parsed && readSettings(parsed.value, { file, place: "$" }, report)
    }),
    definitions: createFileReader(jsonBytes, (text, _path, file, report) => {
      const parsed = jsonOf(text, file, report)
      return parsed && readDefinitions(parsed.value, { file, place: "$" }, { orgId }, report)
    }),
    sessions: createFileReader(jsonBytes, (text, path, file, report) => {
      const parsed = jsonOf(text, file, report)
      const key = basename(path, ".json")
      return parsed && sessionsOf(parsed.value, key, { file, place: "$" }, report)
    }),
    certificate: createFileReader(pemBytes, (text, _path, file, report) =>
      readEntry(text, { file, place: "$" }, report),
    ),
  }
}

function jsonOf(text: string, file: string, report: Report): { value: unknown } | undefined {
  const parsed = parseJson(text, file)
  if ("_tag" in parsed) return parsed
  report(parsed)
  return undefined
}

function readDocuments(root: string, readers: Readers, report: Report): Documents | undefined {
  const none: FolderFiles = {
    settings: undefined,
    definitions: [],
    sessions: [],
    certificates: [],
  }
  const folder = isFolder(root)
  const single = { path: root, name: basename(root) }
  const files = folder ? listFolder(root, report) : { ...none, definitions: [single] }
  const take = <A>(reader: FileReader<A>, { path, name }: ListedFile): A | undefined => {
    const { value, problems } = reader.read(path, name)
    problems.forEach(report)
    return value
  }
  const settings = files.settings
    ? take(readers.settings, files.settings)
    : readSettings({}, { file: "gateway.json", place: "$" }, report)
  const stored = files.certificates.flatMap((file) => {
    const entry = take(readers.certificate, file)
    return entry ? [{ entry, orgId: file.orgId, place: { file: file.name, place: "$" } }] : []
  })
  const definitions = files.definitions.flatMap((file) => take(readers.definitions, file) ?? [])
  const sessions = files.sessions.flatMap((file) => {
    const name = shownSessionFile("sessions", basename(file.path, ".json"))
    return take(readers.sessions, { path: file.path, name }) ?? []
  })
  const readReferenced = referencedFiles(folder ? root : dirname(root))
  return settings && { settings, definitions, sessions, stored, readReferenced }
}
