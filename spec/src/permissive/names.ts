import {
  connectionClasses,
  holderClasses,
  pathClasses,
  policyClasses,
  sessionClasses,
  tokenClasses,
} from "../states/dimensions.ts"

const classes = {
  policy: policyClasses,
  connection: connectionClasses,
  path: pathClasses,
  token: tokenClasses,
  session: sessionClasses,
  holder: holderClasses,
} as const

export type Part = keyof typeof classes
export type ClassesOf<P extends Part> = (typeof classes)[P]

/** Classes by name; a dimension that is not named may hold any. */
export type Names<C extends Readonly<Record<string, readonly string[]>>> = {
  readonly [K in keyof C]?: C[K][number] | readonly C[K][number][]
}

/** One class by name for each dimension that is changed. */
export type Name<C extends Readonly<Record<string, readonly string[]>>> = {
  readonly [K in keyof C]?: C[K][number]
}

/** Whether a part of a state holds one of the named classes in every dimension that is named. */
export function test<P extends Part>(part: P, names: Names<ClassesOf<P>>): (of: object) => boolean {
  const wanted = places(part, names)
  return (of) => {
    const state = of as Readonly<Record<string, unknown>>
    return wanted.every(([key, among]) => among.includes(state[key] as number))
  }
}

/** The same part with the named classes changed; the same object where nothing changes. */
export function change<P extends Part>(
  part: P,
  names: Name<ClassesOf<P>>,
): <S extends object>(of: S) => S {
  const wanted = places(part, names)
  const changed = Object.fromEntries(wanted.map(([key, [one]]) => [key, one]))
  return (of) => {
    const state = of as Readonly<Record<string, unknown>>
    return wanted.every(([key, [one]]) => state[key] === one) ? of : { ...of, ...changed }
  }
}

function places(part: Part, names: object): (readonly [string, readonly number[]])[] {
  const all: Readonly<Record<string, readonly string[]>> = classes[part]
  return Object.entries(names).map(([key, named]) => {
    const among = (typeof named === "string" ? [named] : named) as readonly string[]
    return [key, among.map((name) => place(all[key], name, `${part}.${key}`))]
  })
}

function place(among: readonly string[] | undefined, name: string, where: string): number {
  const found = among?.indexOf(name) ?? -1
  if (found < 0) throw new RangeError(`${where} has no class "${name}"`)
  return found
}
