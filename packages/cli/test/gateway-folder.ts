import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { Issued } from "@countersign/pki"
import { issueWorld } from "../src/demo/issue-world.ts"
import { readScenarioFile, type World } from "../src/demo/scenario-file.ts"
import { makeTokens, type Tokens } from "../src/demo/tokens.ts"
import { writeGateway } from "../src/demo/write-gateway.ts"

/** A folder of a test, removed by `remove`. */
export interface Folder {
  readonly path: string
  /** Writes a file (objects as JSON) and returns its path. */
  readonly write: (name: string, contents: string | object) => string
  readonly read: (name: string) => string
  readonly unlink: (name: string) => void
  readonly remove: () => void
}

export function temporaryFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "countersign-test-"))
  return {
    path,
    write: (name, contents) => {
      const file = join(path, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, typeof contents === "string" ? contents : JSON.stringify(contents))
      return file
    },
    read: (name) => readFileSync(join(path, name), "utf8"),
    unlink: (name) => rmSync(join(path, name)),
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** The gateway of the demo's scenarios, with everybody's certificates and tokens. */
export interface DemoGateway extends Folder {
  readonly certificates: ReadonlyMap<string, Issued>
  readonly tokens: Tokens
  /** A PEM file with the named certificates. */
  readonly pem: (...names: readonly string[]) => string
  readonly issued: (name: string) => Issued
  readonly token: (name: string) => string
}

export async function demoGateway(): Promise<DemoGateway> {
  const { world, now, identities } = await everybody()
  const { certificates } = identities
  const tokens = makeTokens(world, certificates)
  const gateway = temporaryFolder()
  const others = temporaryFolder()
  writeGateway(gateway.path, { world, identities, tokens, flags: [], now })
  const issued = (name: string): Issued => found(certificates.get(name))
  return {
    ...gateway,
    remove: () => {
      gateway.remove()
      others.remove()
    },
    certificates,
    tokens,
    issued,
    pem: (...names) =>
      others.write(`${names.join("-")}.pem`, names.map((name) => issued(name).pem).join("")),
    token: (name) => found(tokens.texts.get(name)),
  }
}

/** Issued once; RSA keys take a tenth of a second to make, and matter to the demo alone. */
let issued: ReturnType<typeof issueEverybody> | undefined
function everybody(): ReturnType<typeof issueEverybody> {
  issued ??= issueEverybody()
  return issued
}

async function issueEverybody() {
  const now = Date.now()
  const { world: full } = readScenarioFile()
  const quick = Object.entries(full.certificates).map(([name, { key: _key, ...certificate }]) => [
    name,
    certificate,
  ])
  const world: World = { ...full, certificates: Object.fromEntries(quick) }
  return { world, now, identities: await issueWorld(world, now) }
}

function found<A>(value: A | undefined): A {
  if (value === undefined) throw new Error("the world of the scenarios has nobody of this name")
  return value
}
