import { basename, dirname } from "node:path"
import { type CertificateEntry, readEntryFile } from "./certificates/entry.ts"
import { referencedFiles } from "./certificates/referenced-file.ts"
import type { ReadReferenced } from "./certificates/resolve.ts"
import type { StoredCertificate } from "./certificates/store.ts"
import type { LoadOptions } from "./configuration.ts"
import type { ApiDefinition } from "./definition/api-definition.ts"
import { documentLimits } from "./document/limits.ts"
import { createBytesReader, createFileReader, type FileReader, type Pass } from "./file-reader.ts"
import { omitsFile } from "./gateway/environment.ts"
import { readSettings, type Settings } from "./gateway/settings.ts"
import {
  type FolderFiles,
  isFolder,
  type ListedFile,
  rememberFolder,
  reportUnread,
} from "./list-folder.ts"
import { resolveManifests } from "./manifest/resolve.ts"
import { problem, type Report } from "./problem.ts"
import { type DocumentFile, readDocumentFile } from "./read-document-file.ts"
import { type ListedRevocationList, readListFile } from "./revocation/list-file.ts"
import { type RawSession, readSessionFile } from "./sessions/session-file.ts"

/** Everything that the files of a configuration say, not yet put together. */
export interface Documents {
  /** A single file has no place for sessions. */
  readonly isFolder: boolean
  readonly settings: Settings
  readonly definitions: readonly ApiDefinition[]
  readonly sessions: readonly RawSession[]
  readonly stored: readonly StoredCertificate[]
  readonly revocationLists: readonly ListedRevocationList[]
  readonly readReferenced: ReadReferenced
}

export interface DocumentReader {
  /** Undefined where there are no settings to go on with, with the reason reported. */
  readonly read: (root: string, pass: Pass, report: Report) => Documents | undefined
  /** Forgets the files that a pass did not ask for. */
  readonly prune: (pass: Pass) => void
}

/** Makes a reader that parses again only what changed. */
export function createDocumentReader(options: LoadOptions): DocumentReader {
  const readers = createReaders(options.orgId)
  const list = rememberFolder()
  return {
    read: (root, pass, report) => {
      const folder = isFolder(root)
      const files = folder ? list(root, pass, report) : single(root)
      const take = taker(pass, report)
      const documents = [
        ...files.documents.flatMap((file) => take(readers.documents, file) ?? []),
        ...files.definitions.flatMap((file) => take(readers.definitions, file) ?? []),
      ]
      const settings = settingsOf(documents, options, report)
      const manifests = documents.flatMap((one) => one.manifests)
      const resolved = resolveManifests(manifests, options.orgId, report)
      const definitions = [...documents.flatMap((one) => one.definitions), ...resolved.definitions]
      if (definitions.length === 0 && !folder) reportAlone(documents, report)
      for (const other of files.others) {
        if (!isNamed(other, definitions, settings)) reportUnread(other, report)
      }
      const stored = files.certificates.flatMap((file) => {
        const entry = take(readers.certificates, file)
        return entry ? [{ entry, orgId: file.orgId, place: { file: file.name, place: "$" } }] : []
      })
      const sessions = files.sessions.flatMap(({ path, name }) => {
        const { value = [], problems } = readers.sessions.read(path, "sessions", pass)
        // Files change their numbers when others come and go; that is no reason to read them again.
        for (const one of problems) report({ ...one, file: name })
        return value.map((one) => ({ ...one, place: { ...one.place, file: name } }))
      })
      const revocationLists = files.revocationLists.flatMap(
        (file) => take(readers.revocationLists, file) ?? [],
      )
      if (settings === undefined) return undefined
      const base = folder ? root : dirname(root)
      return {
        isFolder: folder,
        settings,
        definitions,
        sessions,
        stored: [...stored, ...resolved.stored],
        revocationLists,
        readReferenced: referencedFiles(base, readers.certificates, pass),
      }
    },
    prune: (pass) => {
      for (const reader of Object.values(readers)) reader.prune(pass)
    },
  }
}

/** Allow lists may name files of any folder. */
function isNamed(
  { name }: ListedFile,
  definitions: readonly ApiDefinition[],
  settings: Settings | undefined,
): boolean {
  const lists = definitions.map(({ allowList }) => allowList)
  return [...lists, settings?.certificates ?? []].some((list) =>
    list.some(({ text }) => text.replace(/^(?:\.\/)+/, "").startsWith(`${name}/`)),
  )
}

function single(path: string): FolderFiles {
  const definitions = [{ path, name: basename(path) }]
  return {
    documents: [],
    definitions,
    sessions: [],
    certificates: [],
    revocationLists: [],
    others: [],
  }
}

type Take = <A>(reader: FileReader<A>, file: ListedFile) => A | undefined

function taker(pass: Pass, report: Report): Take {
  return (reader, { path, name }) => {
    const { value, problems } = reader.read(path, name, pass)
    problems.forEach(report)
    return value
  }
}

interface Readers {
  readonly documents: FileReader<DocumentFile>
  readonly definitions: FileReader<DocumentFile>
  readonly sessions: FileReader<readonly RawSession[]>
  readonly certificates: FileReader<CertificateEntry>
  readonly revocationLists: FileReader<readonly ListedRevocationList[]>
}

function createReaders(orgId: string | undefined): Readers {
  const { jsonBytes, pemBytes } = documentLimits
  return {
    documents: createFileReader(jsonBytes, (text, path, file, report) => {
      const isSettings = basename(path) === "gateway.json"
      return readDocumentFile(text, file, { orgId, isSettings, otherwise: "nothing" }, report)
    }),
    definitions: createFileReader(jsonBytes, (text, _path, file, report) =>
      readDocumentFile(text, file, { orgId, isSettings: false, otherwise: "unknown" }, report),
    ),
    sessions: createFileReader(jsonBytes, (text, path, file, report) =>
      readSessionFile(text, basename(path, ".json"), { file, place: "$" }, report),
    ),
    certificates: createBytesReader(pemBytes, (bytes, _path, file, report) =>
      readEntryFile(bytes, { file, place: "$" }, report),
    ),
    revocationLists: createBytesReader(pemBytes, (bytes, _path, file, report) =>
      readListFile(bytes, { file, place: "$" }, report),
    ),
  }
}

function settingsOf(
  documents: readonly DocumentFile[],
  { env = {} }: LoadOptions,
  report: Report,
): Settings | undefined {
  const given = omitsFile(env, report) ? [] : documents.flatMap(({ settings }) => settings)
  const [first, second] = given
  if (second !== undefined) {
    const message = `there are settings in ${first?.place.file} already`
    report(problem("settings.several", second.place, message, "keep one of the two"))
  }
  return readSettings(first, env, report)
}

function reportAlone(documents: readonly DocumentFile[], report: Report): void {
  for (const { settings } of documents) {
    for (const { place } of settings) {
      const message = "these are settings alone: there is no API to serve"
      const remedy = "name the folder in which the definitions stand too"
      report(problem("settings.alone", place, message, remedy))
    }
  }
}
