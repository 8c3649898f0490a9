import type { HostPattern } from "./host-pattern.ts"
import { createPathTree, type PathTree } from "./path-tree.ts"

/** One tree of listen paths for each host pattern. */
export type HostIndex = {
  readonly exact: Map<string, PathTree>
  /** By suffix, without the leading dot. */
  readonly wildcard: Map<string, PathTree>
  readonly any: PathTree
}

export function createHostIndex(): HostIndex {
  return { exact: new Map(), wildcard: new Map(), any: createPathTree() }
}

/** The tree of a pattern, made if it has none. */
export function treeOf(index: HostIndex, pattern: HostPattern): PathTree {
  if (pattern._tag === "any") return index.any
  const [trees, key] =
    pattern._tag === "exact" ? [index.exact, pattern.name] : [index.wildcard, pattern.suffix]
  const tree = trees.get(key) ?? createPathTree()
  trees.set(key, tree)
  return tree
}

/** What the wildcard that covers a host has. */
export function wildcardOf<A>(bySuffix: ReadonlyMap<string, A>, name: string): A | undefined {
  return bySuffix.size === 0 ? undefined : bySuffix.get(suffixOf(name))
}

/**
 * The suffix under which a wildcard covers a host: its name without the first label, "" if that is all.
 *
 * No wildcard has the suffix "" or that of an IP address: `readHostPattern` refuses them.
 */
function suffixOf(name: string): string {
  const dot = name.indexOf(".")
  return dot < 0 ? "" : name.slice(dot + 1)
}
