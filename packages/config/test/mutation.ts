import fc from "fast-check"

/** A way into a document: names of members and indices of lists. */
export type Path = readonly (string | number)[]

/** Every value of a document by its way, the document itself left out. */
export function pathsOf(value: unknown, before: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return []
  const keys: Path = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value)
  return keys.flatMap((key) => {
    const path = [...before, key]
    return [path, ...pathsOf(Reflect.get(value, key), path)]
  })
}

export type Mutation =
  | { readonly _tag: "drop"; readonly path: Path }
  | { readonly _tag: "retype"; readonly path: Path; readonly value: unknown }
  | { readonly _tag: "copy"; readonly path: Path; readonly name: string }
  | { readonly _tag: "text"; readonly from: number; readonly length: number; readonly text: string }

/** A document of other types and shapes, as JSON text; sometimes no JSON at all. */
export function mutate(document: unknown, mutation: Mutation): string {
  const text = JSON.stringify(document)
  if (mutation._tag === "text") {
    const from = mutation.from % text.length
    return text.slice(0, from) + mutation.text + text.slice(from + mutation.length)
  }
  const copy: unknown = JSON.parse(text)
  const parent = mutation.path.slice(0, -1).reduce<unknown>(inside, copy)
  const key = mutation.path.at(-1)
  if (typeof parent !== "object" || parent === null || key === undefined) return text
  if (mutation._tag === "retype") Reflect.set(parent, key, mutation.value)
  else if (mutation._tag === "drop") remove(parent, key)
  else if (!Array.isArray(parent)) {
    const value: unknown = Reflect.get(parent, key)
    Object.defineProperty(parent, mutation.name, { value, enumerable: true, configurable: true })
    remove(parent, key)
  }
  return JSON.stringify(copy)
}

function inside(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined
}

function remove(parent: object, key: string | number): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else Reflect.deleteProperty(parent, key)
}

const deep = (levels: number): unknown => {
  let value: unknown = true
  for (let i = 0; i < levels; i++) value = [value]
  return value
}

const otherValues: readonly unknown[] = [
  null,
  0,
  1,
  -1,
  1.5,
  "",
  "true",
  "*",
  [],
  [null],
  {},
  { __proto__: null },
  { all: true },
  [[]],
  deep(1_000),
]

/** A value of the same kind is another document, not a broken one. */
function isOtherKind(
  document: unknown,
  { path, value }: { readonly path: Path; readonly value: unknown },
): boolean {
  return kindOf(path.reduce(inside, document)) !== kindOf(value)
}

function kindOf(value: unknown): string {
  if (value === null) return "null"
  return Array.isArray(value) ? "list" : typeof value
}

/** Some values say the same as leaving the member out: an object without members, what Go writes for none. */
function empties(
  { path, value }: { readonly path: Path; readonly value: unknown },
  open: readonly string[],
): boolean {
  const name = String(path.at(-1))
  if (!isOpenedByLoss(path, open)) return false
  const isObject = kindOf(value) === "object"
  return isObject || (lists.has(name) && (value === null || kindOf(value) === "list"))
}

/** Go writes null for them too. */
const lists: ReadonlySet<string> = new Set(["apply_policies", "allowed_urls"])

function isOpenedByLoss(path: Path, open: readonly string[]): boolean {
  const [parent, last] = path.slice(-2)
  if (open.includes(String(path.at(-1))) || open.includes(`${parent}.${last}`)) return true
  return typeof last === "number" && lists.has(String(parent))
}

/** Mutations of a document; `open` are the ways whose absence has a documented meaning that opens. */
export function mutations(document: unknown, open: readonly string[]): fc.Arbitrary<Mutation> {
  const paths = pathsOf(document)
  const path = fc.constantFrom(...paths)
  const droppable = paths.filter((one) => !isOpenedByLoss(one, open))
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ _tag: fc.constant("drop"), path: fc.constantFrom(...droppable) }),
    },
    {
      weight: 6,
      arbitrary: fc
        .record({
          _tag: fc.constant("retype"),
          path,
          value: fc.constantFrom(...otherValues),
        })
        .filter((mutation) => isOtherKind(document, mutation) && !empties(mutation, open)),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        _tag: fc.constant("copy"),
        path: fc.constantFrom(...droppable),
        name: fc.constantFrom("__proto__", "constructor", "toString", "x"),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        _tag: fc.constant("text"),
        from: fc.nat(10_000),
        length: fc.constant(0),
        text: fc.constantFrom("{", "}", '"', ",", "\u0000", '"use_keyless":true,', '"a":1,"a":2,'),
      }),
    },
  ) as fc.Arbitrary<Mutation>
}
