import { type Dirent, readdirSync, type Stats, statSync } from "node:fs"
import { join, sep } from "node:path"
import type { Pass } from "./file-reader.ts"
import { type Problem, problem, type Report, shown } from "./problem.ts"
import { shownSessionFile } from "./sessions/session-file.ts"

/** Every file that a configuration consists of, absolute and as problems call it. */
export interface FolderFiles {
  /** Files beside the folders: the gateway's settings, manifests, definitions. */
  readonly documents: readonly ListedFile[]
  readonly definitions: readonly ListedFile[]
  readonly sessions: readonly ListedFile[]
  readonly certificates: readonly ListedCertificate[]
  readonly revocationLists: readonly ListedFile[]
  /** What else stands beside the folders and could be one of them, misnamed. */
  readonly others: readonly ListedFile[]
}

export interface ListedFile {
  readonly path: string
  /** Relative to the folder. */
  readonly name: string
}

export interface ListedCertificate extends ListedFile {
  /** The organisation it is stored for; undefined for every one. */
  readonly orgId: string | undefined
}

/** Lists a folder, or remembers what it listed where only known files changed. */
export function rememberFolder(): (root: string, pass: Pass, report: Report) => FolderFiles {
  let last: FolderFiles | undefined
  let known: ReadonlySet<string> = new Set()
  let problems: readonly Problem[] = []
  return (root, { changed }, report) => {
    const isSame =
      changed !== undefined && [...changed].every((path) => known.has(path) && isFile(path))
    if (last === undefined || !isSame) {
      const found: Problem[] = []
      last = listFolder(root, (one) => found.push(one))
      problems = found
      known = new Set(Object.values(last).flatMap(pathsOf))
    }
    problems.forEach(report)
    return last
  }
}

function pathsOf(files: readonly ListedFile[]): readonly string[] {
  return files.map(({ path }) => path)
}

/**
 * Lists a configuration folder: documents of any kind beside the folders (`gateway.json` among them),
 * definitions in `apis`, sessions in `sessions`, certificates in `certs` (stored for every organisation
 * that a definition names) and in `certs/<organisation>` (for this one alone), revocation lists in `crls`.
 *
 * Files in these folders that are not read are reported: a definition under another name would be lost.
 */
function listFolder(root: string, report: Report): FolderFiles {
  return {
    documents: filesOf(root, "", documentFile, () => undefined),
    definitions: filesOf(root, "apis", /\.(?:json|ya?ml)$/, report),
    sessions: filesOf(root, "sessions", /\.json$/, report, shownSessionFile),
    certificates: certificatesOf(root, report),
    revocationLists: filesOf(root, "crls", /\.(?:crl|pem|der)$/, report),
    others: othersOf(root),
  }
}

const documentFile = /\.(?:json|ya?ml|conf)$/

function othersOf(root: string): ListedFile[] {
  return entriesOf(root, "", () => undefined).flatMap((entry) => {
    const { name } = entry
    const file = { path: join(root, name), name }
    if (isFolderEntry(entry, file.path)) return knownFolder.test(name) ? [] : [file]
    return knownFile.test(name) || documentFile.test(name) ? [] : [file]
  })
}

const knownFolder = /^(?:\..*|apis|certs|clients|crls|scripts|sessions)$/

/** Hidden files, files about the folder, scripts, and certificates, which allow lists may name. */
const knownFile =
  /^(?:\.|readme|license|makefile|dockerfile)|\.(?:md|txt|sh|[cm]?[jt]s|py|pem|crt|cer|key)$/i

function filesOf(
  root: string,
  folder: string,
  kind: RegExp,
  report: Report,
  nameOf: NameOf = (name) => (folder === "" ? name : `${folder}/${name}`),
): ListedFile[] {
  const files: ListedFile[] = []
  const prefix = join(root, folder, sep)
  let index = 0
  for (const entry of entriesOf(root, folder, report)) {
    const { name } = entry
    const isHidden = name.startsWith(".")
    const file = { path: prefix + name, name: nameOf(name, index) }
    if (kind.test(name) && !isFolderEntry(entry, file.path)) files.push(file)
    else if (!isHidden) reportUnread(file, report)
    if (!isHidden) index++
  }
  return files
}

/** What problems call a file; `index` counts what is not hidden in its folder, in the order of names. */
type NameOf = (name: string, index: number) => string

function certificatesOf(root: string, report: Report): readonly ListedCertificate[] {
  const listed: ListedCertificate[] = []
  for (const entry of entriesOf(root, "certs", report)) {
    const { name } = entry
    const file = { path: join(root, "certs", name), name: `certs/${name}` }
    if (name.startsWith(".")) continue
    if (isFolderEntry(entry, file.path)) {
      for (const inner of filesOf(root, file.name, certificateFile, report)) {
        listed.push({ ...inner, orgId: name })
      }
    } else if (certificateFile.test(name)) listed.push({ ...file, orgId: undefined })
    else reportUnread(file, report)
  }
  return listed
}

const certificateFile = /\.(?:pem|crt|cer)$/

/** Reports a file or folder whose name is none that is read. */
export function reportUnread({ name }: ListedFile, report: Report): void {
  const message = "this is not read: its name is none of a configuration"
  const remedy = "rename it as the documentation lists names, or move it out of the folder"
  report(problem("file.not_read", { file: shown(name), place: "$" }, message, remedy))
}

/** In the order of names, so that a configuration means the same everywhere. */
function entriesOf(root: string, folder: string, report: Report): readonly Dirent[] {
  try {
    const entries = readdirSync(join(root, folder), { withFileTypes: true })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown"
    if (code === "ENOENT") return []
    const place = { file: folder, place: "$" }
    const message = `the folder cannot be read (${code})`
    report(problem("file.unreadable", place, message, "check what it is and its permissions"))
    return []
  }
}

/** Kubernetes mounts files as symbolic links. */
function isFolderEntry(entry: Dirent, path: string): boolean {
  return entry.isSymbolicLink() ? isFolder(path) : entry.isDirectory()
}

export function isFolder(path: string): boolean {
  return factsOf(path)?.isDirectory() === true
}

function isFile(path: string): boolean {
  return factsOf(path)?.isFile() === true
}

function factsOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}
