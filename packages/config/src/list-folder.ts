import { readdirSync, statSync } from "node:fs"
import { join } from "node:path"
import { problem, type Report, shown } from "./problem.ts"

/** Every file that a configuration consists of, absolute and as problems call it. */
export interface FolderFiles {
  readonly settings: ListedFile | undefined
  readonly definitions: readonly ListedFile[]
  readonly sessions: readonly ListedFile[]
  readonly certificates: readonly ListedCertificate[]
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

/**
 * Lists a configuration folder: `gateway.json`, `apis/*.json`, `sessions/*.json`, `certs/*.pem` (stored
 * for every organisation that a definition names) and `certs/<organisation>/*.pem` (for this one alone).
 *
 * Files that are not read are reported: a definition under another name would be a lost one.
 */
export function listFolder(root: string, report: Report): FolderFiles {
  const settings = join(root, "gateway.json")
  return {
    settings: isThere(settings) ? { path: settings, name: "gateway.json" } : undefined,
    definitions: filesOf(root, "apis", /\.json$/, report),
    sessions: filesOf(root, "sessions", /\.json$/, report),
    certificates: certificatesOf(root, report),
  }
}

/** Whether a path leads somewhere; one that cannot be looked at is there, and reading it will say why not. */
function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}

function filesOf(root: string, folder: string, kind: RegExp, report: Report): ListedFile[] {
  const files: ListedFile[] = []
  for (const { name, isFolder } of entriesOf(root, folder, report)) {
    const file = { path: join(root, folder, name), name: `${folder}/${name}` }
    if (!isFolder && kind.test(name)) files.push(file)
    else if (!name.startsWith(".")) reportUnread(file, report)
  }
  return files
}

function certificatesOf(root: string, report: Report): readonly ListedCertificate[] {
  const listed: ListedCertificate[] = []
  for (const { name, isFolder } of entriesOf(root, "certs", report)) {
    const file = { path: join(root, "certs", name), name: `certs/${name}` }
    if (isFolder && !name.startsWith(".")) {
      for (const inner of filesOf(root, file.name, certificateFile, report)) {
        listed.push({ ...inner, orgId: name })
      }
    } else if (certificateFile.test(name)) listed.push({ ...file, orgId: undefined })
    else if (!name.startsWith(".")) reportUnread(file, report)
  }
  return listed
}

const certificateFile = /\.(?:pem|crt|cer)$/

function reportUnread({ name }: ListedFile, report: Report): void {
  const message = "this file is not read: its name says nothing about its kind"
  const remedy = "rename it, or move it out of the folder"
  report(problem("file.not_read", { file: shown(name), place: "$" }, message, remedy))
}

interface Entry {
  readonly name: string
  readonly isFolder: boolean
}

/** In the order of names, so that a configuration means the same everywhere. */
function entriesOf(root: string, folder: string, report: Report): readonly Entry[] {
  const path = join(root, folder)
  if (!isThere(path)) return []
  try {
    const names = readdirSync(path).sort()
    return names.map((name) => ({ name, isFolder: isFolder(join(path, name)) }))
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown"
    const place = { file: folder, place: "$" }
    const message = `the folder cannot be read (${code})`
    report(problem("file.unreadable", place, message, "check what it is and its permissions"))
    return []
  }
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
