import type { ExchangeVector, ExchangeWorld, ListEntry } from "./exchange.ts"
import { placesOf } from "./template.ts"

type Path = readonly PropertyKey[]

/** Says what a part of a file names that there is not. */
export type Complain = (path: Path, message: string) => void

interface Names {
  readonly world: ExchangeWorld
  readonly complain: Complain
}

type Table = "organisations" | "certificates" | "apis" | "sessions" | "tokens"

const singular: Readonly<Record<Table, string>> = {
  organisations: "organisation",
  certificates: "certificate",
  apis: "API",
  sessions: "session",
  tokens: "token",
}

/** Reports every name of a world that stands for nothing. */
export function checkWorld(world: ExchangeWorld, complain: Complain): void {
  const names: Names = { world, complain }
  checkCertificates(names)
  checkEntries(names, ["gateway", "allowList"], world.gateway.allowList)
  for (const [name, { organisation, allowList }] of Object.entries(world.apis)) {
    known(names, "organisations", organisation, ["apis", name, "organisation"])
    checkEntries(names, ["apis", name, "allowList"], allowList ?? [])
  }
  checkSessions(names)
  checkTokens(names)
}

/** Reports every name of a vector that its world does not have. */
export function checkVector(
  vector: ExchangeVector,
  world: ExchangeWorld,
  complain: Complain,
): void {
  const names: Names = { world, complain }
  const { gateway, present, expect } = vector
  checkEntries(names, ["gateway", "allowList"], gateway?.allowList ?? [])
  known(names, "apis", present.api, ["present", "api"])
  present.chain.forEach((name, i) => {
    known(names, "certificates", name, ["present", "chain", i])
  })
  if (present.token !== "none") checkToken(names, present.token)
  checkTemplate(names, ["present", "query"], present.query ?? "", "token")
  for (const [header, template] of Object.entries(present.headers ?? {})) {
    checkTemplate(names, ["present", "headers", header], template, "token")
  }
  if (present.transport === "plain" && (present.chain.length > 0 || present.resumed === true)) {
    complain(["present", "transport"], "without TLS there are no certificates and no sessions")
  }
  if (!("allow" in expect)) return
  const { session, leaf } = expect.allow
  if (session !== "none") known(names, "sessions", session, ["expect", "allow", "session"])
  if (leaf !== "none") known(names, "certificates", leaf, ["expect", "allow", "leaf"])
}

function checkToken({ world, complain }: Names, name: string): void {
  if (Object.hasOwn(world.sessions, name) || Object.hasOwn(world.tokens, name)) return
  complain(["present", "token"], `no session and no token is named \`${name}\``)
}

function checkCertificates(names: Names): void {
  const { certificates, revocationLists = {} } = names.world
  const endless = withoutEnd(certificates)
  for (const [name, { issuer, subject, stored }] of Object.entries(certificates)) {
    const path = ["certificates", name]
    if (issuer !== undefined) checkIssuer(names, issuer, [...path, "issuer"])
    if (subject !== undefined) known(names, "certificates", subject, [...path, "subject"])
    if (stored !== undefined) known(names, "organisations", stored, [...path, "stored"])
    if (endless.has(name)) {
      names.complain([...path, "issuer"], "its chain of issuers has no end")
    }
  }
  for (const [name, { revoked }] of Object.entries(revocationLists)) {
    known(names, "certificates", name, ["revocationLists", name])
    revoked.forEach((one, i) => {
      const at = ["revocationLists", name, "revoked", i]
      if (typeof one === "string") known(names, "certificates", one, at)
      else known(names, "certificates", one.certificate, [...at, "certificate"])
    })
  }
}

function checkIssuer(names: Names, issuer: string, path: Path): void {
  if (!known(names, "certificates", issuer, path)) return
  const { authority = false } = names.world.certificates[issuer] ?? {}
  if (authority === false) names.complain(path, `\`${issuer}\` is no authority`)
}

/** The certificates whose issuers lead back to themselves; every certificate is visited once. */
function withoutEnd(certificates: ExchangeWorld["certificates"]): ReadonlySet<string> {
  const ended = new Set<string>()
  const endless = new Set<string>()
  for (const name of Object.keys(certificates)) {
    const trail = new Set<string>()
    let next: string | undefined = name
    while (next !== undefined && !ended.has(next) && !endless.has(next) && !trail.has(next)) {
      trail.add(next)
      next = Object.hasOwn(certificates, next) ? certificates[next]?.issuer : undefined
    }
    const isEndless = next !== undefined && !ended.has(next)
    for (const one of trail) (isEndless ? endless : ended).add(one)
  }
  return endless
}

function checkSessions(names: Names): void {
  for (const [name, session] of Object.entries(names.world.sessions)) {
    const path = ["sessions", name]
    const { organisation, certificate, key = "", bindings = [], apis } = session
    known(names, "organisations", organisation, [...path, "organisation"])
    if (certificate !== undefined) checkEntry(names, [...path, "certificate"], certificate)
    checkTemplate(names, [...path, "key"], key, "secret")
    checkEntries(names, [...path, "bindings"], bindings)
    apis.forEach((api, i) => {
      known(names, "apis", api, [...path, "apis", i])
    })
  }
}

function checkTokens(names: Names): void {
  const { tokens, sessions } = names.world
  for (const [name, token] of Object.entries(tokens)) {
    const path = ["tokens", name]
    if (Object.hasOwn(sessions, name)) names.complain(path, `a session is named \`${name}\` too`)
    if ("text" in token) checkTemplate(names, [...path, "text"], token.text, "secret")
    if ("session" in token) known(names, "sessions", token.session, [...path, "session"])
    if (!("id" in token)) continue
    known(names, "organisations", token.organisation, [...path, "organisation"])
    checkTemplate(names, [...path, "id"], token.id, "secret")
  }
}

function checkEntries(names: Names, path: Path, entries: readonly ListEntry[]): void {
  entries.forEach((entry, i) => {
    checkEntry(names, [...path, i], entry)
  })
}

function checkEntry(names: Names, path: Path, entry: ListEntry): void {
  if (typeof entry === "string") known(names, "certificates", entry, path)
  else checkTemplate(names, [...path, "text"], entry.text, "")
}

const ofCertificates: ReadonlySet<string> = new Set(["sha256", "id", "pem", "pem-line", "pem-url"])

/** `alone`: what may stand in this template without a name. */
function checkTemplate(
  names: Names,
  path: Path,
  template: string,
  alone: "token" | "secret" | "",
): void {
  for (const { what, name } of placesOf(template)) {
    if (ofCertificates.has(what)) known(names, "certificates", name, path)
    else if (what === "key") known(names, "sessions", name, path)
    else if (what !== alone || name !== "")
      names.complain(path, `\`{${what}}\` stands for nothing here`)
  }
}

function known({ world, complain }: Names, table: Table, name: string, path: Path): boolean {
  if (Object.hasOwn(world[table], name)) return true
  complain(path, `no ${singular[table]} is named \`${name}\``)
  return false
}
