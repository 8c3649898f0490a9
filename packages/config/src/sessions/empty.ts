/** What Go writes for a member that was never set, of whatever type. */
export function isEmpty(value: unknown): boolean {
  const waiting: unknown[] = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (next === null || next === false || next === 0 || next === "") continue
    if (typeof next !== "object" || (Array.isArray(next) && next.length > 0)) return false
    for (const inner of Object.values(next)) waiting.push(inner)
  }
  return true
}
