import type { Host } from "./host.ts"
import { type HostIndex, wildcardOf } from "./host-index.ts"
import { leaves, type PathTree } from "./path-tree.ts"

export type HostGroups = {
  readonly groupOf: (host: Host | undefined) => number
  /** No host can be mistaken for another: all that reach anything reach the same. */
  readonly isOneGroup: boolean
}

/**
 * Numbers the sets of routes that hosts can reach: two hosts have one number only if they have one set.
 *
 * The routes of every host belong to each set; a host which nothing names reaches these alone and is
 * in group 0.
 */
export function createHostGroups(index: HostIndex): HostGroups {
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
    exact.set(name, numberOf(tree, wildcardOf(wildcard, name) ?? 0))
  }
  const unnamed = describe(index.any).length > 0 ? 1 : 0
  return {
    groupOf: (host) =>
      host === undefined ? 0 : (exact.get(host.name) ?? wildcardOf(wildcard, host.name) ?? 0),
    isOneGroup: numbers.size + unnamed <= 1,
  }
}

function describe(tree: PathTree): readonly (readonly [string, string])[] {
  const routes = [...leaves(tree)].map(({ path, apiId }) => [path, apiId] as const)
  return routes.sort(([a], [b]) => (a < b ? -1 : 1))
}
