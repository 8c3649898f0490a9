import { below, type Place, problem, type Report, shown } from "../problem.ts"
import { isRecord, own } from "./record.ts"

/** The member names that decide something, nested as they stand in the document. */
export interface KnownKeys {
  readonly [name: string]: KnownKeys | true
}

/** What a misspelt member is: where a lost one could open something, no mere warning. */
export type Misspelt = "settings.misspelt_key" | "document.misspelt_key" | "session.misspelt_key"

/**
 * Reports members that look like one we know and are not: misspelt ones, ones in another style of writing,
 * ones that speak of what decides about access, and ones in other letter case, which the gateways that read
 * these documents honour.
 */
export function checkKeys(
  value: unknown,
  known: KnownKeys,
  misspelt: Misspelt,
  place: Place,
  report: Report,
): void {
  if (!isRecord(value)) return
  for (const name of Object.keys(value)) {
    const inner = own(known, name)
    if (isKnownKeys(inner)) checkKeys(value[name], inner, misspelt, below(place, name), report)
    else if (inner === undefined) checkUnknown(name, known, value, misspelt, place, report)
  }
}

function isKnownKeys(value: unknown): value is KnownKeys {
  return isRecord(value)
}

function checkUnknown(
  name: string,
  known: KnownKeys,
  record: Readonly<Record<string, unknown>>,
  misspelt: Misspelt,
  place: Place,
  report: Report,
): void {
  const resembled = resemblance(name, known)
  const speaks = suspiciousParts[misspelt].test(folded(name))
  if (resembled === undefined && !speaks) return
  // A member of a session that is an object may be a session, and its name a store key.
  const isKey = misspelt === "session.misspelt_key" && isRecord(record[name])
  const [named, at] = isKey ? ["a member", place] : [`\`${shown(name)}\``, below(place, name)]
  if (resembled === undefined) {
    const message = `${named} is not known, and its name speaks of what decides about access`
    report(problem(misspelt, at, message, "correct the name, or remove the member"))
  } else if (resembled.toLowerCase() === name.toLowerCase()) {
    const message = `${named} is \`${resembled}\` in other letter case: some readers would honour it`
    report(problem("document.key_case", at, message, `write \`${resembled}\``))
  } else if (!Object.hasOwn(record, resembled) || folded(resembled) === folded(name) || speaks) {
    const message = `${named} is not known; it looks like \`${resembled}\``
    report(problem(misspelt, at, message, `write \`${resembled}\` if that is meant`))
  }
}

/** What unknown members may not speak of, in names without separators and letter case. */
const suspiciousParts: Readonly<Record<Misspelt, RegExp>> = {
  "settings.misspelt_key": /$^/,
  "document.misspelt_key": /mtls|mutualtls|clientcert/,
  "session.misspelt_key": /binding|cert|mtls|inactive|disable|expir|right|polic/,
}

/** A name as it is in every style of writing: `useKeyless`, `use-keyless` and `use_keyless` are one. */
function folded(name: string): string {
  return name.replace(/[-_. ]/g, "").toLowerCase()
}

/** The members that are not known, as JSON paths. */
export function unknownKeys(value: unknown, known: KnownKeys, path = ""): readonly string[] {
  if (!isRecord(value)) return []
  return Object.keys(value).flatMap((name) => {
    const inner = own(known, name)
    const at = path === "" ? shown(name) : `${path}.${shown(name)}`
    if (inner === undefined) return [at]
    return isKnownKeys(inner) ? unknownKeys(value[name], inner, at) : []
  })
}

/** Documents repeat the same few hundred names. */
const remembered = new WeakMap<KnownKeys, Map<string, string | undefined>>()
const rememberedNames = 10_000

function resemblance(name: string, known: KnownKeys): string | undefined {
  if (name.length > longest) return undefined
  const memory = remembered.get(known) ?? new Map<string, string | undefined>()
  remembered.set(known, memory)
  if (memory.has(name)) return memory.get(name)
  const lower = name.toLowerCase()
  const bare = folded(name)
  const names = Object.keys(known)
  const found =
    names.find((candidate) => candidate.toLowerCase() === lower) ??
    names.find((candidate) => folded(candidate) === bare) ??
    names.find((candidate) => isClose(lower, candidate.toLowerCase())) ??
    names.find((candidate) => isClose(bare, folded(candidate)))
  if (memory.size < rememberedNames) memory.set(name, found)
  return found
}

const longest = 64

/** At most two insertions, deletions, replacements or swaps apart; of short names one. */
function isClose(a: string, b: string): boolean {
  const allowed = Math.min(a.length, b.length) < 8 ? 1 : 2
  return Math.abs(a.length - b.length) <= allowed && distance(a, b) <= allowed
}

/** Damerau's distance (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) row.push(cell(a, b, i, j, { before, last, row }))
    before = last
    last = row
  }
  return last[b.length] ?? 0
}

interface Rows {
  readonly before: readonly number[]
  readonly last: readonly number[]
  readonly row: readonly number[]
}

function cell(a: string, b: string, i: number, j: number, { before, last, row }: Rows): number {
  const at = (numbers: readonly number[], k: number): number =>
    numbers[k] ?? Number.POSITIVE_INFINITY
  const same = a[i - 1] === b[j - 1]
  const plain = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1))
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
  return swapped ? Math.min(plain, at(before, j - 2) + 1) : plain
}
