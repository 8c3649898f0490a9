/**
 * `config.countersign` of a route. Without it the guard's routes say which API a request is for.
 * `{ api }` names the API that the route's handler serves: its policy decides, whatever the guard's
 * routes say of the path. `false` lets everybody in.
 */
export type RouteRule = { readonly api: string } | false

/** The API a handler serves; one that no API can have where the rule is nonsense. */
export function apiOf(rule: RouteRule | undefined): string | undefined {
  if (rule === undefined) return undefined
  return isRouteRule(rule) && rule !== false ? rule.api : ""
}

export function isRouteRule(value: unknown): value is RouteRule {
  if (value === false) return true
  const { api } = Object(value) as { readonly api?: unknown }
  return typeof api === "string" && api !== ""
}
