import type { Stats } from "node:fs"
import { realpath } from "node:fs/promises"
import { resolve, sep } from "node:path"
import { watch } from "chokidar"

/** Files that changed, absolute; "anything" where a symbolic link turned or a file elsewhere changed. */
export type Changes = ReadonlySet<string> | "anything"

/** A folder or file under watch since this was made; what changed before `listen` is not lost. */
export interface Watched {
  readonly listen: (onChanges: (changes: Changes) => void) => void
  readonly close: () => Promise<void>
}

export type Watch = (path: string) => Promise<Watched>

/** Writers touch a file several times, and deployments several files. */
const QUIET = 50

/**
 * Watches a folder or a file and what its symbolic links lead to, and tells of changes once the files have
 * been quiet for 50 ms. A link that turns (as Kubernetes swaps `..data`) changes files that no event names.
 */
export const watchFiles: Watch = async (path) => {
  const root = resolve(path)
  const batch = createBatch(QUIET)
  const watcher = watch(root, { followSymlinks: false, ignoreInitial: false, alwaysStat: true })
  const links = new Set<string>()
  let isReady = false
  const heed = (changed: string, stats: Stats | undefined): void => {
    const isLink = stats === undefined ? links.has(changed) : stats.isSymbolicLink()
    if (isLink) links.add(changed)
    if (isReady) batch.add(isLink || !isWithin(root, changed) ? undefined : changed)
    if (isLink && stats !== undefined) void follow(changed)
  }
  const follow = async (link: string): Promise<void> => {
    const target = await realpath(link).catch(() => undefined)
    if (target !== undefined && !isWithin(root, target)) watcher.add(target)
  }
  watcher.on("all", (_event, changed, stats) => heed(changed, stats))
  watcher.on("error", () => batch.add(undefined))
  await new Promise<void>((ready) => watcher.once("ready", () => ready()))
  isReady = true
  return {
    listen: batch.listen,
    close: () => {
      batch.close()
      return watcher.close()
    },
  }
}

function isWithin(root: string, path: string): boolean {
  return path === root || path.startsWith(root + sep)
}

interface Batch {
  /** `undefined` for what has no name. */
  readonly add: (path: string | undefined) => void
  readonly listen: Watched["listen"]
  readonly close: () => void
}

/** Gathers paths until nothing came for a while. */
function createBatch(quiet: number): Batch {
  let paths = new Set<string>()
  let isAnything = false
  let listener: ((changes: Changes) => void) | undefined
  let timer: NodeJS.Timeout | undefined
  const tell = (): void => {
    if (listener === undefined || (paths.size === 0 && !isAnything)) return
    const changes = isAnything ? "anything" : paths
    paths = new Set()
    isAnything = false
    listener(changes)
  }
  return {
    add: (path) => {
      if (path === undefined) isAnything = true
      else paths.add(path)
      clearTimeout(timer)
      timer = setTimeout(tell, quiet)
    },
    listen: (onChanges) => {
      listener = onChanges
      if (timer !== undefined) timer.refresh()
    },
    close: () => clearTimeout(timer),
  }
}
