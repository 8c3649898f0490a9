/** One way to damage one field, done in place; `repair` undoes it. */
export interface Damage {
  readonly name: string
  readonly apply: () => void
  readonly repair: () => void
}

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
]

/**
 * Every way to delete, retype or empty every field at any depth of a request or a policy as plain data.
 * What has a default when it is left out (`defaulted`) is not left out; the fields of `Set`, `Map` and
 * typed arrays are replaced whole.
 */
export function damages(root: object, place: string, defaulted: readonly string[] = []): Damage[] {
  return Object.entries(root).flatMap(([key, value]: [string, unknown]) => {
    const here = `${place}.${key}`
    const inner = isContainer(value) ? damages(value, here, defaulted) : []
    // Items of lists are lost in laws of their own: a list with fewer is another list, and no damage.
    if (Array.isArray(root)) return inner
    return [...damagesOf(root, key, value, here, defaulted.includes(here)), ...inner]
  })
}

function damagesOf(
  owner: object,
  key: string,
  value: unknown,
  here: string,
  isDefaulted: boolean,
): Damage[] {
  const repair = (): void => {
    Reflect.set(owner, key, value)
  }
  const put = (name: string, replacement: unknown): Damage => ({
    name: `${here} is ${name}`,
    apply: () => {
      Reflect.set(owner, key, replacement)
    },
    repair,
  })
  const remove: Damage = {
    name: `${here} is deleted`,
    apply: () => {
      Reflect.deleteProperty(owner, key)
    },
    repair,
  }
  const retyped = wrong
    .filter(([, replacement]) => !isAnotherValue(value, replacement))
    .filter(([, replacement]) => !(isDefaulted && replacement === undefined))
    .map(([name, replacement]) => put(name, replacement))
  const emptied = emptyOf(value).map((empty) => put("emptied", empty))
  return isDefaulted ? [...retyped, ...emptied] : [remove, ...retyped, ...emptied]
}

/** A number for a number, or true for false, is another value and no damage. */
function isAnotherValue(value: unknown, replacement: unknown): boolean {
  if (typeof value === "boolean") return typeof replacement === "boolean"
  return typeof value === "number" && Number.isFinite(replacement)
}

function emptyOf(value: unknown): unknown[] {
  if (value instanceof Set) return [new Set()]
  return value instanceof Int32Array ? [new Int32Array(0), new Int32Array(8)] : []
}

function isContainer(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
