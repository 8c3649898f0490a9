/** A JSON text's value, and the line (from 1) on which each part of it begins. */
export interface Json {
  readonly value: unknown
  /** The line of the part at a path; of the nearest part around it where the path leads nowhere. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

export interface JsonProblem {
  readonly line: number
  readonly message: string
}

/** Levels of nesting; a file of vectors needs eleven. */
const DEPTH = 32

/**
 * Parses JSON strictly, with what `JSON.parse` keeps to itself: lines, and members that are named twice.
 * Total: what cannot be read is a list of problems.
 */
export function parseJson(text: string): Json | readonly JsonProblem[] {
  const reader = new Reader(text)
  try {
    const value = reader.document()
    if (reader.problems.length > 0) return reader.problems
    return { value, lineOf: (path) => lineOf(reader, path) }
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return [...reader.problems, { line: lineAt(text, error.at), message: error.message }]
  }
}

class Broken extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

const space = /[ \t\n\r]*/y
const string = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

class Reader {
  readonly places = new Map<string, number>()
  readonly problems: JsonProblem[] = []
  readonly text: string
  #at = 0

  constructor(text: string) {
    this.text = text
  }

  document(): unknown {
    const value = this.#value("", 0)
    if (this.#sign() !== "") throw new Broken(this.#at, "expected nothing more")
    return value
  }

  #value(path: string, depth: number): unknown {
    const sign = this.#sign()
    this.places.set(path, this.#at)
    if (depth > DEPTH) throw new Broken(this.#at, `more than ${DEPTH} levels of nesting`)
    if (sign === "{") return this.#object(path, depth + 1)
    if (sign === "[") return this.#list(path, depth + 1)
    return this.#token(sign === '"' ? string : scalar, "a value")
  }

  #object(path: string, depth: number): unknown {
    const members = new Map<string, unknown>()
    for (let next = this.#open("}"); next; next = this.#another("}")) {
      if (this.#sign() !== '"') throw new Broken(this.#at, "expected the name of a member")
      const start = this.#at
      const name = String(this.#token(string, "the name of a member"))
      if (members.has(name)) this.#problem(start, `the member \`${name}\` is named twice`)
      if (name === "__proto__") this.#problem(start, "`__proto__` is no name for a member")
      if (this.#sign() !== ":") throw new Broken(this.#at, "expected a colon")
      this.#at++
      members.set(name, this.#value(step(path, name), depth))
    }
    return Object.fromEntries(members)
  }

  #list(path: string, depth: number): unknown {
    const items: unknown[] = []
    for (let next = this.#open("]"); next; next = this.#another("]")) {
      items.push(this.#value(step(path, items.length), depth))
    }
    return items
  }

  /** Past the opening sign; whether anything stands before the end. */
  #open(end: string): boolean {
    this.#at++
    if (this.#sign() !== end) return true
    this.#at++
    return false
  }

  #another(end: string): boolean {
    const sign = this.#sign()
    if (sign !== "," && sign !== end) throw new Broken(this.#at, `expected a comma or \`${end}\``)
    this.#at++
    return sign === ","
  }

  #token(shape: RegExp, what: string): unknown {
    shape.lastIndex = this.#at
    const token = shape.exec(this.text)?.[0]
    if (token === undefined) throw new Broken(this.#at, `expected ${what}`)
    const start = this.#at
    this.#at += token.length
    try {
      return JSON.parse(token)
    } catch {
      throw new Broken(start, "a string holds a character or an escape that JSON does not allow")
    }
  }

  /** The next sign that is no space; an empty text at the end. */
  #sign(): string {
    space.lastIndex = this.#at
    this.#at += space.exec(this.text)?.[0].length ?? 0
    return this.text.charAt(this.#at)
  }

  #problem(at: number, message: string): void {
    this.problems.push({ line: lineAt(this.text, at), message })
  }
}

function step(path: string, key: PropertyKey): string {
  return `${path}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`
}

function lineOf({ text, places }: Reader, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const at = places.get(path.slice(0, length).reduce(step, ""))
    if (at !== undefined) return lineAt(text, at)
  }
  return 1
}

function lineAt(text: string, at: number): number {
  let line = 1
  for (let i = text.indexOf("\n"); i >= 0 && i < at; i = text.indexOf("\n", i + 1)) line++
  return line
}
