import type { Host } from "./host.ts"
import { type HostIndex, suffixOf } from "./host-index.ts"
import { leaves, type PathTree } from "./path-tree.ts"

/**
 * Numbers the sets of routes that hosts can reach: two hosts have one number only if they have one set.
 *
 * The routes of every host belong to each set; a host which nothing names reaches these alone and is
 * in group 0.
 */
export function createHostGroups(index: HostIndex): (host: Host | undefined) => number {
  const numbers = new Map<string, number>()
  const numberOf = (tree: PathTree, covering: number): number => {
    const signature = JSON.stringify([describe(tree), covering])
    const number = numbers.get(signature) ?? numbers.size + 1
    numbers.set(signature, number)
    return number
  }
  const wildcard = new Map<string, number>()
  for (const [suffix, tree] of index.wildcard) wildcard.set(suffix, numberOf(tree, 0))
  const exact = new Map<string, number>()
  for (const [name, tree] of index.exact) {
    exact.set(name, numberOf(tree, wildcard.get(suffixOf(name)) ?? 0))
  }
  return (host) =>
    host === undefined ? 0 : (exact.get(host.name) ?? wildcard.get(suffixOf(host.name)) ?? 0)
}

function describe(tree: PathTree): readonly (readonly [string, string])[] {
  const routes = [...leaves(tree)].map(({ path, apiId }) => [path, apiId] as const)
  return routes.sort(([a], [b]) => (a < b ? -1 : 1))
}
