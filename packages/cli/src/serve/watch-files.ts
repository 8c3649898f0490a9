import type { Stats } from "node:fs"
import { realpath } from "node:fs/promises"
import { resolve, sep } from "node:path"
import { type ChokidarOptions, type FSWatcher, watch } from "chokidar"

/** Files that changed, absolute; "anything" where a symbolic link turned or a file elsewhere changed. */
export type Changes = ReadonlySet<string> | "anything"

/** A folder or file under watch since this was made; what changed before `listen` is not lost. */
export interface Watched {
  readonly listen: (onChanges: (changes: Changes) => void) => void
  /** Watches files elsewhere too, from the answer on. */
  readonly follow: (paths: Iterable<string>) => Promise<void>
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
  const watchers: FSWatcher[] = []
  const begin = async (paths: readonly string[], options: ChokidarOptions, heed: Heed) => {
    const watcher = watch([...paths], options)
    watchers.push(watcher)
    watcher.on("all", (_event, changed, stats) => heed(changed, stats))
    watcher.on("error", () => batch.add(undefined))
    await new Promise<void>((ready) => watcher.once("ready", () => ready()))
  }
  const followed = new Set<string>()
  const follow = async (paths: Iterable<string>): Promise<void> => {
    const fresh = [...paths].filter((one) => !isWithin(root, one) && !followed.has(one))
    if (fresh.length === 0) return
    for (const one of fresh) followed.add(one)
    await begin(fresh, { ignoreInitial: true }, () => batch.add(undefined))
  }
  const links = new Set<string>()
  let isReady = false
  const options = { followSymlinks: false, alwaysStat: true, ignored: isForeign }
  await begin([root], options, (changed, stats) => {
    const isLink = stats === undefined ? links.has(changed) : stats.isSymbolicLink()
    if (isLink) links.add(changed)
    if (!isReady) return
    batch.add(isLink ? undefined : changed)
    if (isLink) void targetsOf([changed]).then(follow)
  })
  isReady = true
  await follow(await targetsOf([...links]))
  return {
    listen: batch.listen,
    follow,
    close: async () => {
      batch.close()
      await Promise.all(watchers.map((watcher) => watcher.close()))
    },
  }
}

/** A configuration may be the folder of a project, whose other files are too many to watch. */
function isForeign(path: string): boolean {
  return path.endsWith(`${sep}node_modules`) || path.endsWith(`${sep}.git`)
}

type Heed = (changed: string, stats: Stats | undefined) => void

async function targetsOf(links: readonly string[]): Promise<readonly string[]> {
  const targets = links.map((link) => realpath(link).catch(() => undefined))
  return (await Promise.all(targets)).filter((target) => target !== undefined)
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
