/** Listen paths by their segments in lower case. */
export type PathTree = { leaf: PathLeaf | undefined; readonly children: Map<string, PathTree> }

/** One listen path and its API. */
export type PathLeaf = {
  readonly apiId: string
  /** Without a trailing slash; "" for the root. */
  readonly path: string
}

export function createPathTree(): PathTree {
  return { leaf: undefined, children: new Map() }
}

/** Adds a leaf; if its place is taken, by a path in other case too, returns who has it instead. */
export function plant(tree: PathTree, leaf: PathLeaf): PathLeaf | undefined {
  let node = tree
  for (const segment of leaf.path.split("/").slice(1)) {
    const key = segment.toLowerCase()
    const next = node.children.get(key) ?? createPathTree()
    node.children.set(key, next)
    node = next
  }
  if (node.leaf !== undefined) return node.leaf
  node.leaf = leaf
  return undefined
}

/** The leaf of the longest listen path whose segments begin `path`, in whatever case. */
export function longestLeaf(tree: PathTree, path: string): PathLeaf | undefined {
  let node = tree
  let leaf = tree.leaf
  for (let at = 1; at < path.length && node.children.size > 0; ) {
    const slash = path.indexOf("/", at)
    const end = slash < 0 ? path.length : slash
    const segment = path.slice(at, end)
    // Most segments are in lower case already.
    const next = node.children.get(segment) ?? node.children.get(segment.toLowerCase())
    if (next === undefined) return leaf
    node = next
    leaf = node.leaf ?? leaf
    at = end + 1
  }
  return leaf
}

/** Every leaf, each once. */
export function* leaves(tree: PathTree): Generator<PathLeaf, void> {
  const open = [tree]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.leaf !== undefined) yield node.leaf
    for (const child of node.children.values()) open.push(child)
  }
}
