/** What the vectors must cover: a row, a sentence or a class, in one sentence of our own. */
export interface Item {
  /** The source that a vector names: `design:A4`, `S1:plan-1`, `case:A7`, `advisory:stolen-token`. */
  readonly id: string
  readonly about: string
  /** Why no vector has to cover it: what it speaks of is no decision. */
  readonly not?: string
}

/** Items of one kind; a pair is what an item says, and why it is no decision. */
export function items(
  kind: string,
  listed: Readonly<Record<string, string | readonly [about: string, not: string]>>,
): readonly Item[] {
  return Object.entries(listed).map(([name, said]) => {
    const id = `${kind}:${name}`
    return typeof said === "string" ? { id, about: said } : { id, about: said[0], not: said[1] }
  })
}
