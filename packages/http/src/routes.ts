import type { Host } from "./host.ts"
import { createHostGroups } from "./host-groups.ts"
import { createHostIndex, type HostIndex, treeOf, wildcardOf } from "./host-index.ts"
import { readHostPattern } from "./host-pattern.ts"
import { decodePath, readPath } from "./path.ts"
import { leaves, longestLeaf, type PathLeaf, type PathTree, plant } from "./path-tree.ts"

export type Route = {
  readonly apiId: string
  /** `*` for every host, a host, `*.suffix`, or a pattern that `readHostPattern` reads. */
  readonly host: string
  /** Begins with a slash; a trailing slash makes no difference. */
  readonly listenPath: string
}

/** Why routes cannot be served; for operators. */
export type RouteProblem = {
  readonly about: "host" | "listenPath" | "conflict"
  /** The API, or the two that want the same place. */
  readonly apiIds: readonly string[]
  readonly message: string
}

export type Routes = {
  readonly _tag: "routes"
  /** The API for a host and a path from `readTarget`. */
  readonly match: (host: Host | undefined, path: string) => string | undefined
  /** The group of policies that a host selects; 0 is that of hosts which no route names. */
  readonly groupOf: (host: Host | undefined) => number
  /** Whether all hosts that reach any route reach the same ones. */
  readonly isOneGroup: boolean
  /** The APIs that a host can reach, the routes of every host included. */
  readonly apisOf: (host: Host | undefined) => readonly string[]
}

export type RouteProblems = {
  readonly _tag: "problems"
  readonly problems: readonly RouteProblem[]
}

/**
 * Indexes routes by host and path segments; all problems instead if there is one.
 *
 * Routes of exactly this host come first, then those of a wildcard, then those of every host; a host
 * none of whose paths match falls through. Among the routes of a host the longest listen path wins,
 * and it ends at a segment: `/api` is not a prefix of `/apix`. A path that another reader could
 * route elsewhere, by decoding it or by comparing it without regard to case, matches nothing. For
 * that reason two listen paths that differ only in case are a conflict.
 */
export function createRoutes(routes: readonly Route[]): Routes | RouteProblems {
  const index = createHostIndex()
  const problems = routes.flatMap((route) => add(index, route))
  if (problems.length > 0) return { _tag: "problems", problems }
  return {
    _tag: "routes",
    match: (host, path) => match(index, host, path),
    ...createHostGroups(index),
    apisOf: (host) => treesOf(index, host).flatMap((tree) => [...leaves(tree)].map(apiIdOf)),
  }
}

function treesOf(index: HostIndex, host: Host | undefined): readonly PathTree[] {
  if (host === undefined) return [index.any]
  const named = [index.exact.get(host.name), wildcardOf(index.wildcard, host.name)]
  return [...named.filter((tree) => tree !== undefined), index.any]
}

function apiIdOf({ apiId }: PathLeaf): string {
  return apiId
}

function match(index: HostIndex, host: Host | undefined, path: string): string | undefined {
  if (!path.startsWith("/")) return undefined
  const leaf = find(index, host, path)
  // Found without regard to case, and for readers who regard it only if it has the same case.
  if (leaf === undefined || !path.startsWith(leaf.path)) return undefined
  const decoded = decodePath(path)
  const isSame = decoded === path || (decoded !== undefined && find(index, host, decoded) === leaf)
  return isSame ? leaf.apiId : undefined
}

function find(index: HostIndex, host: Host | undefined, path: string): PathLeaf | undefined {
  const exact = host && index.exact.get(host.name)
  const wildcard = host && wildcardOf(index.wildcard, host.name)
  return (
    (exact && longestLeaf(exact, path)) ??
    (wildcard && longestLeaf(wildcard, path)) ??
    longestLeaf(index.any, path)
  )
}

function add(index: HostIndex, route: Route): readonly RouteProblem[] {
  const hosts = readHostPattern(route.host)
  if ("problem" in hosts) return [oneProblem("host", route, hosts.problem)]
  const fault = listenPathFault(route.listenPath)
  if (fault !== undefined) return [oneProblem("listenPath", route, fault)]
  const leaf = { apiId: route.apiId, path: route.listenPath.replace(/\/$/, "") }
  return hosts.flatMap((host) => {
    const holder = plant(treeOf(index, host), leaf)
    return holder === undefined ? [] : [conflict(holder, route)]
  })
}

function listenPathFault(listenPath: string): string | undefined {
  if (/[{}]/.test(listenPath)) return "a listen path has no patterns"
  if (/[%?]/.test(listenPath)) return "a listen path has no percent escape and no query"
  const path = readPath(listenPath)
  return path._tag === "problem" ? path.problem : undefined
}

function oneProblem(about: "host" | "listenPath", route: Route, why: string): RouteProblem {
  const message = `API ${quote(route.apiId)}, ${about} ${quote(route[about])}: ${why}`
  return { about, apiIds: [route.apiId], message }
}

function conflict(holder: PathLeaf, route: Route): RouteProblem {
  const place = `host ${quote(route.host)}, listen path ${quote(route.listenPath)}`
  const message = `APIs ${quote(holder.apiId)} and ${quote(route.apiId)} are both at ${place}`
  return { about: "conflict", apiIds: [holder.apiId, route.apiId], message }
}

function quote(text: string): string {
  return JSON.stringify(text)
}
