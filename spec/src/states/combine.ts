type Choices = Readonly<Record<string, readonly unknown[]>>
type Choice<D extends Choices> = { readonly [K in keyof D]: D[K][number] }

/** Every combination of one value per field; the last field varies fastest. */
export function combine<const D extends Choices>(choices: D): Choice<D>[] {
  let made: Record<string, unknown>[] = [{}]
  for (const [field, values] of Object.entries(choices)) {
    made = made.flatMap((one) => values.map((value) => ({ ...one, [field]: value })))
  }
  return made as Choice<D>[]
}

/** The places of the named classes, in the order named; without names, of all. */
export function places<const C extends readonly string[]>(
  classes: C,
  ...names: readonly C[number][]
): number[] {
  return (names.length === 0 ? classes : names).map((name) => classes.indexOf(name))
}

/** The place of one class. */
export function place<const C extends readonly string[]>(classes: C, name: C[number]): number {
  return classes.indexOf(name)
}
