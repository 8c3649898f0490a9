/** The first line of what was thrown, whatever it is. */
export function firstLine(error: unknown): string {
  try {
    const [line = ""] = String(error).split("\n")
    return line
  } catch {
    return "something that has no text"
  }
}
