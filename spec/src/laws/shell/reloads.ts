import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { isDeepStrictEqual } from "node:util"
import type { Loader } from "@countersign/config"
import type { Verdict } from "@countersign/engine"
import type { Guard } from "@countersign/guard"
import fc from "fast-check"
import { told } from "../answer.ts"
import { type Certificates, certificates, now } from "./certificates.ts"
import { connectionsOf, type Documents, definition, served, verdictsOf, write } from "./served.ts"
import { type Outcome, type Shell, shellLaw } from "./shell-law.ts"

/** What stands in the files; everything but the revocation list does to begin with. */
interface Files {
  /** Alice in the list of `listed`. */
  readonly listed: boolean
  /** The root in the list of `authority`. */
  readonly anchored: boolean
  /** Alice in the certificate store. */
  readonly stored: boolean
  /** Alice in the bindings of the session. */
  readonly bound: boolean
  readonly sessions: boolean
  /** `token` is served. */
  readonly defined: boolean
  /** A list of the root has the direct leaf. */
  readonly revoked: boolean
}

const mostly = fc.constantFrom(true, true, true, false)

const someFiles: fc.Arbitrary<Files> = fc.record({
  listed: mostly,
  anchored: mostly,
  stored: mostly,
  bound: mostly,
  sessions: mostly,
  defined: mostly,
  revoked: fc.boolean(),
})

function definitions(files: Files, { alice, root }: Certificates): Documents {
  const keyless = { use_keyless: true, use_standard_auth: false, use_mutual_tls_auth: true }
  const listing = (sha256: string, isListed: boolean) => ({
    ...keyless,
    client_certificates: isListed ? [`org${sha256}`] : [],
  })
  return {
    "apis/listed.json": definition("listed", listing(alice.sha256, files.listed)),
    "apis/authority.json": definition("authority", listing(root.sha256, files.anchored)),
    "apis/token.json": definition("token", { active: files.defined }),
  }
}

function sessionsOf({ bound, sessions }: Files, { alice }: Certificates): Documents {
  const right = { api_id: "token", versions: ["Default"], allowed_urls: [] }
  const session = {
    ...{ org_id: "org", expires: 0, is_inactive: false, access_rights: { token: right } },
    ...(bound && { mtls_static_certificate_bindings: [`org${alice.sha256}`] }),
  }
  return { "sessions/all.json": sessions ? { "bound-token": session } : {} }
}

/** Puts the files in place of those of before. */
function replace(root: string, files: Files, issued: Certificates): void {
  const others = {
    "certs/root.pem": issued.root.pem,
    ...(files.stored && { "certs/alice.pem": issued.alice.pem }),
    ...(files.revoked && { "crls/root.crl": issued.listPem }),
  }
  if (!files.stored) rmSync(join(root, "certs/alice.pem"), { force: true })
  if (!files.revoked) rmSync(join(root, "crls/root.crl"), { force: true })
  write(root, { ...definitions(files, issued), ...sessionsOf(files, issued) }, others)
}

const leaves = ["none", "alice", "direct"] as const

const requests = (["listed", "authority", "token"] as const).flatMap((api) =>
  leaves.map((leaf) => ({ api, leaf, token: api === "token" ? "bound-token" : "none" })),
)

type Answered = readonly Verdict[] | "refused"

/** Who was there before, and hears of every change. */
class Running {
  readonly #shell: Shell
  readonly #loader: Loader
  readonly #connections: ReturnType<typeof connectionsOf<"alice" | "direct">>
  #guard: Guard | undefined

  constructor(shell: Shell, root: string, issued: Certificates) {
    this.#shell = shell
    this.#loader = shell.createLoader(root, now)
    this.#connections = connectionsOf(leaves, issued)
  }

  async answers(): Promise<Answered> {
    const loaded = this.#loader.load()
    if (loaded._tag === "Invalid") return "refused"
    this.#guard ??= this.#shell.createGuard(served(loaded))
    this.#guard.replace(served(loaded))
    return verdictsOf(this.#guard, requests, this.#connections)
  }
}

async function compared(shell: Shell, steps: readonly Files[], root: string): Promise<Outcome> {
  const issued = await certificates()
  const seen = new Set<string>()
  let running: Running | undefined
  for (const [i, files] of steps.entries()) {
    replace(root, files, issued)
    running ??= new Running(shell, root, issued)
    const [here, there] = [
      await running.answers(),
      await new Running(shell, root, issued).answers(),
    ]
    if (!isDeepStrictEqual(here, there)) return { wrong: `load ${i + 1}: ${apart(here, there)}` }
    seen.add(words(here).join())
  }
  return seen.size > 1 ? "held" : "idle"
}

function words(answered: Answered): readonly string[] {
  return answered === "refused" ? requests.map(() => answered) : answered.map(told)
}

function apart(here: Answered, there: Answered): string {
  const [loaded, started] = [words(here), words(there)]
  const at = Math.max(
    0,
    loaded.findIndex((word, i) => word !== started[i]),
  )
  const { api, leaf } = requests[at] ?? {}
  return `${api} with ${leaf} ${loaded[at]}, and after a start ${started[at]}`
}

export const reloaded = shellLaw({
  id: "a-reload-serves-what-a-start-would",
  sentence:
    "after any change of definitions, sessions, certificates and revocation lists, who loads them again answers on the connections of before as who has just started",
  sources: [
    "design:guard",
    "advisory:revocation-not-consulted",
    "advisory:stale-holder",
    "advisory:certificate-not-enrolled",
    "advisory:resumption-across-policies",
  ],
  onlyCatches: "none",
  weight: 8,
  plans: fc.array(someFiles, { minLength: 2, maxLength: 5 }),
  run: async (shell, steps) => {
    const root = mkdtempSync(join(tmpdir(), "countersign-law-"))
    try {
      return await compared(shell, steps, root)
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  },
})
