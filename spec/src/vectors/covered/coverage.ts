import { readdirSync, readFileSync } from "node:fs"
import type { Item } from "./item.ts"
import { allItems } from "./items.ts"

/** What a vector of any kind says of itself. */
export interface Cited {
  readonly id: string
  readonly sources: readonly string[]
}

export interface Covered {
  readonly id: string
  readonly about: string
  readonly vectors: readonly string[]
  /** Why it may have none. */
  readonly not?: string
}

const folder = new URL("../../../vectors/", import.meta.url)

/** The id and sources of every committed vector, whatever its kind. */
export function citedVectors(): readonly Cited[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .sort()
    .flatMap((name) => citedIn(JSON.parse(readFileSync(new URL(name, folder), "utf8"))))
}

/** For each item the vectors that cite it, or a part of it (`design:A7.revoked` is a part of `design:A7`). */
export function coverage(items: readonly Item[], vectors: readonly Cited[]): readonly Covered[] {
  return items.map(({ id, about, not }) => {
    const citing = vectors.filter(({ sources }) => sources.some((one) => isOf(id, one)))
    const covered = { id, about, vectors: citing.map((vector) => vector.id).sort() }
    return citing.length > 0 || not === undefined ? covered : { ...covered, not }
  })
}

/** The text of `coverage.json`. */
export function coverageText(): string {
  const rows = coverage(allItems(), citedVectors())
  return `${JSON.stringify({ about, items: rows }, null, 2)}\n`
}

const about =
  "What the vectors cover: each row of the decision, each sentence of the sources, each row of published test suites, each class of attack, and the vectors that cite it."

export function isOf(item: string, source: string): boolean {
  return source === item || source.startsWith(`${item}.`)
}

function citedIn(file: unknown): readonly Cited[] {
  if (typeof file !== "object" || file === null || !("vectors" in file)) return []
  return Array.isArray(file.vectors) ? file.vectors.filter(isCited) : []
}

function isCited(value: unknown): value is Cited {
  if (typeof value !== "object" || value === null) return false
  if (!("id" in value && "sources" in value) || typeof value.id !== "string") return false
  return Array.isArray(value.sources) && value.sources.every((one) => typeof one === "string")
}
