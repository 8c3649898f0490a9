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

/** What Go writes for a member that was never set, of whatever type. */
function isEmpty(value: unknown): boolean {
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (next === null || next === false || next === 0 || next === "") continue
    if (typeof next !== "object" || (Array.isArray(next) && next.length > 0)) return false
    for (const inner of Object.values(next)) waiting.push(inner)
  }
  return true
}
