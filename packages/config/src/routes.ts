import { createRoutes, type Routes } from "@countersign/http"
import type { ApiDefinition } from "./definition/api-definition.ts"
import { problem, type Report } from "./problem.ts"

/** Makes the routes of definitions; undefined where two cannot be told apart or one cannot be read. */
export type RoutesOf = (definitions: readonly ApiDefinition[], report: Report) => Routes | undefined

/** Remembers the last routes: most reloads change none. */
export function rememberRoutes(): RoutesOf {
  let last: { readonly definitions: readonly ApiDefinition[]; readonly routes: Routes } | undefined
  return (definitions, report) => {
    if (last !== undefined && isSame(last.definitions, definitions)) return last.routes
    const routes = routesOf(definitions, report)
    if (routes !== undefined) last = { definitions, routes }
    return routes
  }
}

function isSame(a: readonly ApiDefinition[], b: readonly ApiDefinition[]): boolean {
  return (
    a.length === b.length &&
    a.every((one, i) => {
      const other = b[i]
      return (
        one.apiId === other?.apiId && one.host === other.host && one.listenPath === other.listenPath
      )
    })
  )
}

function routesOf(definitions: readonly ApiDefinition[], report: Report): Routes | undefined {
  const routes = createRoutes(definitions)
  if (routes._tag === "routes") return routes
  for (const { about, apiIds, message } of routes.problems) {
    const api = definitions.findLast(({ apiId }) => apiId === apiIds.at(-1))
    const nowhere = { file: "apis", place: "$" }
    if (about === "conflict") {
      const remedy = "give each API its own listen path or host"
      report(problem("api.route_conflict", api?.at.listenPath ?? nowhere, message, remedy))
    } else {
      report(problem("api.route", api?.at[about] ?? nowhere, message, "give a plain one"))
    }
  }
  return undefined
}
