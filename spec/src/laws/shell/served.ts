import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Configuration } from "@countersign/config"
import type { Verdict } from "@countersign/engine"
import {
  Connection,
  type Generation,
  type Guard,
  memoryCertificates,
  memorySessions,
  storedSession,
} from "@countersign/guard"
import { type Certificates, type LeafName, now } from "./certificates.ts"

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json }

/** The documents of a configuration, by file. */
export type Documents = Readonly<Record<string, Json>>

/** The definition of an API that is served below its id. */
export function definition(id: string, rest: { readonly [name: string]: Json }): Json {
  return {
    ...{ api_id: id, org_id: "org", active: true, use_keyless: false, use_standard_auth: true },
    proxy: { listen_path: `/${id}/` },
    ...rest,
  }
}

/** Writes documents and other files below a folder, which need not have the folders they stand in. */
export function write(
  root: string,
  documents: Documents,
  others: Readonly<Record<string, string>>,
) {
  const texts = Object.entries(documents).map(([name, one]) => [name, JSON.stringify(one)] as const)
  for (const [name, text] of [...texts, ...Object.entries(others)]) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

/** What a guard serves of a configuration that was loaded. */
export function served(configuration: Configuration): Generation {
  const { routes, apis, keys, responses, ...stores } = configuration
  const records = [...stores.sessions].map(([key, known]) => [key, storedSession(known)] as const)
  return {
    policies: { routes, apis, keys, responses },
    sessions: memorySessions(new Map(records)),
    certificates: memoryCertificates(stores.certificates),
  }
}

/** A request for an API, on a connection with one certificate or none. */
export interface Asking<L extends LeafName> {
  readonly api: string
  readonly token: string | "none"
  readonly leaf: L | "none"
}

/** One connection for each. */
export function connectionsOf<L extends LeafName>(
  leaves: readonly (L | "none")[],
  issued: Certificates,
): ReadonlyMap<L | "none", Connection> {
  const entries = leaves.map((leaf) => {
    const chain = leaf === "none" ? [] : [issued[leaf].der]
    return [leaf, new Connection({ encrypted: true, serverName: undefined, chain })] as const
  })
  return new Map(entries)
}

/** Of every request, through a guard, with the certificates themselves. */
export async function verdictsOf<L extends LeafName>(
  guard: Guard,
  requests: readonly Asking<L>[],
  connections: ReadonlyMap<L | "none", Connection>,
): Promise<readonly Verdict[]> {
  return Promise.all(
    requests.map(async ({ api, token, leaf }) => {
      const connection = connections.get(leaf)
      if (connection === undefined) throw new TypeError(`there is no connection of ${leaf}`)
      const header = (name: string) =>
        name === "authorization" && token !== "none" ? token : undefined
      const head = { method: "GET", target: `/${api}/`, authority: undefined, header }
      return guard.check({ now, connection, head })
    }),
  )
}
