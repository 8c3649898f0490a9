import { FingerprintSet } from "../../src/index.ts"

/** One way to damage one field, done in place; `repair` undoes it. */
export interface Damage {
  readonly name: string
  readonly apply: () => void
  readonly repair: () => void
}

type Fields = Record<string, unknown>

const wrong: readonly (readonly [string, unknown])[] = [
  ["null", null],
  ["undefined", undefined],
  ["an empty text", ""],
  ["a text", "x"],
  ["0", 0],
  ["1", 1],
  ["true", true],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["an empty list", []],
  ["an empty object", {}],
  ["a Date", new Date(0)],
]

/** Every way to delete, retype or empty every field at any depth. Arrays count as objects of their indices. */
export function damages(root: object, place: string): Damage[] {
  return Object.entries(root).flatMap(([key, value]: [string, unknown]) => {
    const here = `${place}.${key}`
    const inner = isContainer(value) ? damages(value, here) : []
    if (!isFields(root)) return inner
    return [...damagesOf(root, key, value, here), ...inner]
  })
}

function damagesOf(owner: Fields, key: string, value: unknown, here: string): Damage[] {
  const repair = (): void => {
    owner[key] = value
  }
  const put = (name: string, replacement: unknown): Damage => ({
    name: `${here} is ${name}`,
    apply: () => {
      owner[key] = replacement
    },
    repair,
  })
  const remove: Damage = {
    name: `${here} is deleted`,
    apply: () => {
      delete owner[key]
    },
    repair,
  }
  const retyped = wrong
    .filter(([, replacement]) => !isAnotherValue(value, replacement))
    .map(([name, replacement]) => put(name, replacement))
  const emptied = isContainer(value) ? [] : emptyOf(value).map((empty) => put("emptied", empty))
  return [remove, ...retyped, ...emptied]
}

/** A number for a number, or true for false, is another value and no damage. */
function isAnotherValue(value: unknown, replacement: unknown): boolean {
  if (typeof value === "boolean") return typeof replacement === "boolean"
  return typeof value === "number" && Number.isFinite(replacement)
}

function emptyOf(value: unknown): unknown[] {
  if (value instanceof Set) return [new Set()]
  if (value instanceof Int32Array) return [new Int32Array(0), new Int32Array(8)]
  return value instanceof FingerprintSet ? [new FingerprintSet([])] : []
}

/** Plain objects and lists are walked; sets and words are replaced whole. */
function isContainer(value: unknown): value is object {
  return (
    Array.isArray(value) || (isFields(value) && Object.getPrototypeOf(value) === Object.prototype)
  )
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null
}
