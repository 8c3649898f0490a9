import { randomBytes } from "node:crypto"
import { sessionKeyFacts } from "@countersign/guard"
import type { Issued } from "@countersign/pki"
import { certificateId } from "@countersign/x509"
import { OperatorError } from "../terminal.ts"
import type { World } from "./scenario-file.ts"

/** The tokens of one run by the names that scenarios call them. */
export interface Tokens {
  /** The store key of every session. */
  readonly keys: ReadonlyMap<string, string>
  /** What a client sends: session keys and tokens that belong to nobody. */
  readonly texts: ReadonlyMap<string, string>
  /** The session's name for the id that a verdict tells. */
  readonly nameOf: (sessionId: string) => string | undefined
}

/** Secret keys are random; those of certificates are what everybody can compute (seed S1). */
export function makeTokens(world: World, certificates: ReadonlyMap<string, Issued>): Tokens {
  const keys = new Map<string, string>()
  const names = new Map<string, string>()
  for (const [name, { organisation, certificate }] of Object.entries(world.sessions)) {
    const orgId = lookUp(world.organisations, organisation)
    const issued = certificate === undefined ? undefined : certificates.get(certificate)
    const key = issued
      ? certificateId(orgId, issued.sha256)
      : orgId + randomBytes(16).toString("hex")
    keys.set(name, key)
    names.set(sessionKeyFacts(orgId, key, "none").id, name)
  }
  const texts = new Map(keys)
  for (const [name, token] of Object.entries(world.tokens)) {
    texts.set(name, "text" in token ? token.text : computed(world, token, certificates))
  }
  return { keys, texts, nameOf: (id) => names.get(id) }
}

function computed(
  world: World,
  { computedFrom, organisation, form }: Extract<World["tokens"][string], { computedFrom: string }>,
  certificates: ReadonlyMap<string, Issued>,
): string {
  const org = lookUp(world.organisations, organisation)
  const id = certificates.get(computedFrom)?.sha256
  if (id === undefined) throw new OperatorError(`scenarios: no certificate \`${computedFrom}\``)
  if (form === undefined) return certificateId(org, id)
  return Buffer.from(JSON.stringify({ org, id, h: "murmur64" })).toString("base64")
}

/** A name that must exist in a table of the world. */
export function lookUp<A>(table: Readonly<Record<string, A>>, name: string): A {
  const found = Object.hasOwn(table, name) ? table[name] : undefined
  if (found === undefined) throw new OperatorError(`scenarios: nothing is called \`${name}\``)
  return found
}
