/** What a parsed file of vectors is made for, by its outermost members; `undefined` for anything else. */
export function kindOfFile(value: unknown): "decisions" | "exchanges" | undefined {
  if (!isRecord(value)) return undefined
  if (Object.hasOwn(value, "world")) return "exchanges"
  const [first]: readonly unknown[] = Array.isArray(value["vectors"]) ? value["vectors"] : []
  return isRecord(first) && Object.hasOwn(first, "policy") ? "decisions" : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null
}
