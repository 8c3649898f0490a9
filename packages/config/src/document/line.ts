/** The place of a character as problems name it: its line and its column, from 1. */
export function placeAt(text: string, at: number): string {
  let line = 1
  let start = 0
  for (let i = text.indexOf("\n"); i >= 0 && i < at; i = text.indexOf("\n", i + 1)) {
    line++
    start = i + 1
  }
  return `line ${line}, column ${at - start + 1}`
}

/** The lines of characters, from 1; the characters must come in the order of the text. */
export function linesOf(text: string, characters: Iterable<number>): readonly number[] {
  const lines: number[] = []
  let line = 1
  let next = text.indexOf("\n")
  for (const at of characters) {
    for (; next >= 0 && next < at; next = text.indexOf("\n", next + 1)) line++
    lines.push(line)
  }
  return lines
}
