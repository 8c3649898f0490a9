import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Configuration, Invalid } from "@countersign/config"
import fc from "fast-check"
import { told } from "../answer.ts"
import { type Certificates, certificates, type LeafName, now } from "./certificates.ts"
import {
  connectionsOf,
  type Documents,
  definition,
  type Json,
  served,
  verdictsOf,
  write,
} from "./served.ts"
import { type Outcome, type Shell, shellLaw } from "./shell-law.ts"

type Way = readonly (string | number)[]

const right = { api_id: "token", versions: ["Default"], allowed_urls: [] }
const rights = { token: right, dynamic: { ...right, api_id: "dynamic" } }
const session = { org_id: "org", expires: 0, is_inactive: false, access_rights: rights }

function documentsOf({ alice }: Certificates): Documents {
  const id = `org${alice.sha256}`
  return {
    "apis.json": [
      definition("listed", {
        ...{ use_keyless: true, use_standard_auth: false },
        ...{ use_mutual_tls_auth: true, client_certificates: [id] },
      }),
      definition("token", { use_mutual_tls_auth: false }),
      definition("dynamic", { auth_configs: { authToken: { use_certificate: true } } }),
    ],
    "sessions/all.json": {
      "unbound-token": session,
      "bound-token": { ...session, mtls_static_certificate_bindings: [id] },
      "inactive-token": { ...session, is_inactive: true },
      "expired-token": { ...session, expires: 1000 },
      "foreign-token": { ...session, org_id: "other" },
      "narrow-token": { ...session, access_rights: { dynamic: { ...right, api_id: "dynamic" } } },
      [id]: { ...session, certificate: id },
    },
  }
}

/** Whose absence is said to mean something that opens; what stands there instead is damaged all the same. */
const offWhenAbsent: ReadonlySet<string | number> = new Set([
  "mtls_static_certificate_bindings",
  "is_inactive",
  "use_certificate",
  "authToken",
  "auth_configs",
  "allowed_urls",
])

function waysOf(value: Json, before: Way = []): readonly Way[] {
  if (typeof value !== "object" || value === null) return []
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return entries.flatMap(([key, inner]: [string | number, Json]) => {
    const way = [...before, key]
    return [way, ...waysOf(inner, way)]
  })
}

const replacements = ["deleted", null, "", "x", 0, 1, -1, 1.5, true, [], {}, [null]] as const

interface Damage {
  readonly file: "apis.json" | "sessions/all.json"
  /** Which of the names of members that the file has, and which of the members with that name. */
  readonly member: number
  readonly nth: number
  readonly instead: (typeof replacements)[number]
}

/** The document with one field less, or of another kind; `undefined` where that is another document, and no damage. */
function damaged(
  document: Json,
  { member, nth, instead }: Damage,
): { document: Json; way: Way } | undefined {
  const way = placeOf(waysOf(document), member, nth)
  const copy: Json = structuredClone(document)
  const last = way?.at(-1)
  if (way === undefined || last === undefined) return undefined
  const owner = way.slice(0, -1).reduce<unknown>(inside, copy)
  const value = inside(owner, last)
  if (typeof owner !== "object" || owner === null) return undefined
  if (isNoDamage(last, value, instead)) return undefined
  if (instead !== "deleted") Reflect.set(owner, last, instead)
  else if (Array.isArray(owner)) owner.splice(Number(last), 1)
  else Reflect.deleteProperty(owner, last)
  return { document: copy, way }
}

/** A member that stands in one place is chosen as often as one that stands everywhere. */
function placeOf(ways: readonly Way[], member: number, nth: number): Way | undefined {
  const names = [...new Set(ways.map((way) => String(way.at(-1))))]
  const name = names[member % names.length]
  const same = ways.filter((way) => String(way.at(-1)) === name)
  return same[nth % same.length]
}

function isNoDamage(last: string | number, value: unknown, instead: Damage["instead"]): boolean {
  const kind = instead === "deleted" ? "absent" : kindOf(instead)
  const isScalar = kind !== "list" && kind !== "object"
  if (isScalar && kind === kindOf(value)) return true
  if (!offWhenAbsent.has(last)) return false
  const isEmptyList = last === "allowed_urls" && (kind === "null" || kind === "list")
  const isEmptyObject = kind === "object" && kindOf(value) === "object"
  return kind === "absent" || isEmptyObject || isEmptyList
}

function kindOf(value: unknown): string {
  if (value === null) return "null"
  return Array.isArray(value) ? "list" : typeof value
}

function inside(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined
}

const tokens = [
  "none",
  "unbound-token",
  "bound-token",
  "inactive-token",
  "expired-token",
  "foreign-token",
  "narrow-token",
  "nobody-token",
] as const
const leaves = ["none", "alice", "mallory"] as const satisfies readonly (LeafName | "none")[]
const apis = ["listed", "token", "dynamic"] as const

const requests = apis.flatMap((api) =>
  tokens.flatMap((token) => leaves.map((leaf) => ({ api, token, leaf }))),
)

/** Loads documents from a folder that is gone afterwards. */
function loaded(shell: Shell, documents: Documents, issued: Certificates): Configuration | Invalid {
  const root = mkdtempSync(join(tmpdir(), "countersign-law-"))
  try {
    write(root, documents, { "certs/alice.pem": issued.alice.pem })
    return shell.createLoader(root, now).load()
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

async function opened(shell: Shell, damage: Damage): Promise<Outcome> {
  const issued = await certificates()
  const sound = documentsOf(issued)
  const { document, way } = damaged(sound[damage.file] ?? null, damage) ?? {}
  if (document === undefined || way === undefined) return "idle"
  const original = loaded(shell, sound, issued)
  if (original._tag === "Invalid") return { wrong: "the sound documents do not load" }
  const configuration = loaded(shell, { ...sound, [damage.file]: document }, issued)
  if (configuration._tag === "Invalid") return "held"
  const ask = (loaded: Configuration) =>
    verdictsOf(shell.createGuard(served(loaded)), requests, connectionsOf(leaves, issued))
  const [before, after] = [await ask(original), await ask(configuration)]
  const at = after.findIndex((verdict, i) => verdict._tag === "Allow" && before[i]?._tag === "Deny")
  const verdict = after[at]
  if (verdict === undefined) return "held"
  const place = way.join(".")
  return {
    wrong: `${JSON.stringify(requests[at])} ${told(verdict)} where ${place} is ${JSON.stringify(damage.instead)}`,
  }
}

/** Other documents and other ways of damage are config's own tests; here the verdict is the guard's. */
export const damagedDocuments = shellLaw({
  id: "a-damaged-document-is-refused-or-opens-nothing",
  sentence:
    "deleting, retyping or emptying any field of a definition or a session document stops the start, or never turns a denial into an Allow",
  sources: [
    "design:guard",
    "advisory:configuration-error-opens",
    "advisory:unreadable-binds-to-nothing",
    "advisory:empty-rule-allows",
  ],
  onlyCatches: "none",
  weight: 2,
  plans: fc.record({
    file: fc.constantFrom("apis.json", "sessions/all.json"),
    member: fc.nat(100),
    nth: fc.nat(100),
    instead: fc.constantFrom(...replacements),
  }),
  run: opened,
})
