import { isEmpty } from "./empty.ts"

/** Members of an access right that leave the right as wide as it is: names, and limits of rate. */
const harmless: ReadonlySet<string> = new Set([
  "api_id",
  "api_name",
  "versions",
  "limit",
  "allowance_scope",
  "endpoints",
])

/** Whether an access right says more than the API: addresses, types, fields, anything unknown. */
export function isNarrowed(right: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(right).some(([name, value]) => {
    if (name === "allowed_urls") return value !== null && !(Array.isArray(value) && isEmpty(value))
    return !harmless.has(name) && !isEmpty(value)
  })
}
