import type { PolicyInput, Verdict } from "@countersign/engine"
import {
  Connection,
  createPolicySet,
  createTrust,
  type Generation,
  type Guard,
  type KnownSession,
  memoryCertificates,
  memorySessions,
  type RequestFacts,
  storedSession,
  type Trust,
} from "@countersign/guard"
import fc from "fast-check"
import { type CertificateName, type Certificates, leafNames, now } from "./certificates.ts"

export const ORG = "acme"
export const boundToken = "acmebound00000000000000000000000001"
export const plainToken = "acmeplain00000000000000000000000002"
export const foreignToken = "globexforeign000000000000000000003"

/** What a generation still has; everything is there to begin with. */
export interface Settings {
  /** Alice in the list of `/listed`. */
  readonly listed: boolean
  /** The root in the list of `/authority`. */
  readonly anchored: boolean
  /** Alice in the certificate store. */
  readonly stored: boolean
  /** Alice in the bindings of the bound session. */
  readonly bound: boolean
  readonly sessions: boolean
  readonly policies: boolean
}

export const everything: Settings = {
  listed: true,
  anchored: true,
  stored: true,
  bound: true,
  sessions: true,
  policies: true,
}

const mostly = fc.constantFrom(true, true, true, false)

export const someSettings: fc.Arbitrary<Settings> = fc.record({
  listed: mostly,
  anchored: mostly,
  stored: mostly,
  bound: mostly,
  sessions: mostly,
  policies: fc.constantFrom(true, true, true, true, true, true, false),
})

/** Where each API is served. */
export const hostOf = {
  "/listed": "a.example",
  "/dynamic": "a.example",
  "/authority": "b.example",
  "/token": "b.example",
  "/globex": "b.example",
} as const

export type Path = keyof typeof hostOf

export const paths: readonly Path[] = Object.keys(hostOf) as Path[]

/** Policies and stores of one generation. */
export function generationOf(settings: Settings, certificates: Certificates): Generation {
  const { stored, sessions, policies } = settings
  const records = sessions ? sessionsOf(settings, certificates) : []
  const ids = stored ? [`${ORG}${certificates.alice.sha256}`] : []
  return {
    policies: createPolicySet(policies ? apisOf(settings, certificates) : []),
    sessions: memorySessions(new Map(records.map((known) => [known.key, storedSession(known)]))),
    certificates: memoryCertificates(new Set(ids)),
  }
}

type Api = Parameters<typeof createPolicySet>[0][number]

function apisOf({ listed, anchored }: Settings, certificates: Certificates): readonly Api[] {
  const { alice, root } = certificates
  const keyless = { identity: { _tag: "keyless" } } as const
  const token = { identity: { _tag: "authToken", certificate: false } } as const
  return [
    api("/listed", {
      ...keyless,
      staticMtls: { leaves: listed ? [alice.sha256] : [], anchors: [] },
    }),
    api("/dynamic", { identity: { _tag: "authToken", certificate: true } }),
    {
      ...api("/authority", {
        ...keyless,
        staticMtls: { leaves: [], anchors: anchored ? [root.sha256] : [] },
      }),
      trust: anchored ? trustIn(root.der) : createTrust({ anchors: [] }),
    },
    api("/token", token),
    api("/globex", { ...token, orgId: "globex" }),
  ]
}

/** One trust for all generations with the same authorities, as a loader makes it. */
function trustIn(der: Uint8Array): Trust {
  trust ??= createTrust({ anchors: [der] })
  return trust
}

let trust: Trust | undefined

function api(path: Path, rest: Partial<PolicyInput>): Api {
  const identity = { _tag: "keyless" } as const
  const input = { apiId: path, orgId: ORG, staticMtls: "off", identity, ...rest } as const
  return { policy: input, path, host: hostOf[path] }
}

function sessionsOf({ bound }: Settings, { alice }: Certificates): readonly KnownSession[] {
  const known = (key: string, rest: Partial<KnownSession> = {}): KnownSession => ({
    ...{ key, orgId: ORG, active: true, expiresAt: "never", apis: "all" },
    ...{ certificate: "none", bindings: "none" },
    ...rest,
  })
  return [
    known(plainToken),
    known(boundToken, { bindings: bound ? [alice.sha256] : [] }),
    known(foreignToken, { orgId: "globex" }),
    known(`${ORG}${alice.sha256}`, { certificate: alice.sha256 }),
  ]
}

/** A connection as plain data. */
export interface ConnectionPlan {
  readonly encrypted: boolean
  readonly serverName: "a.example" | "b.example" | "none"
  readonly chain: readonly CertificateName[]
}

export const someChains: fc.Arbitrary<readonly CertificateName[]> = fc
  .tuple(
    fc.option(
      fc.constantFrom("alice", "alice", "alice", "alice", "direct", "direct", ...leafNames),
      {
        nil: undefined,
        freq: 9,
      },
    ),
    fc.subarray(["intermediate", "root", "alice", "otherRoot"] as const),
  )
  .map(([leaf, others]) => (leaf === undefined ? [] : [leaf, ...others]))

export const someConnections: fc.Arbitrary<ConnectionPlan> = fc.record({
  encrypted: fc.constantFrom(true, true, true, true, false),
  serverName: fc.constantFrom("a.example", "b.example", "none"),
  chain: someChains,
})

export function connect(
  { encrypted, serverName, chain }: ConnectionPlan,
  certificates: Certificates,
): Connection {
  return new Connection({
    encrypted,
    serverName: serverName === "none" ? undefined : serverName,
    chain: chain.map((name) => certificates[name].der),
  })
}

/** A request as plain data. */
export interface RequestPlan {
  readonly path: Path
  readonly host: "a.example" | "b.example" | "own"
  readonly token: "none" | "plain" | "bound" | "foreign" | "computed" | "unknown"
}

export const someRequests: fc.Arbitrary<RequestPlan> = fc.record({
  path: fc.constantFrom(...paths),
  host: fc.constantFrom("own", "own", "own", "own", "own", "a.example", "b.example"),
  token: fc.constantFrom(
    "none",
    "none",
    "bound",
    "bound",
    "plain",
    "plain",
    "foreign",
    "computed",
    "unknown",
  ),
})

export function tokenText(token: RequestPlan["token"], { alice }: Certificates): string {
  return {
    none: "",
    plain: plainToken,
    bound: boundToken,
    foreign: foreignToken,
    computed: `${ORG}${alice.sha256}`,
    unknown: "acmeunknown0000000000000000000000004",
  }[token]
}

export function factsOf(
  connection: Connection,
  { path, host, token }: RequestPlan,
  certificates: Certificates,
  others: Readonly<Record<string, string>> = {},
): RequestFacts {
  const text = tokenText(token, certificates)
  const authority = host === "own" ? hostOf[path] : host
  const headers: Readonly<Record<string, string>> = {
    ...others,
    host: authority,
    ...(text !== "" && { authorization: `Bearer ${text}` }),
  }
  const head = {
    method: "GET",
    target: path,
    authority,
    header: (name: string) => headers[name.toLowerCase()],
  }
  return { now, connection, head }
}

/** A verdict by a guard, awaited where it has to be. */
export async function check(guard: Guard, facts: RequestFacts): Promise<Verdict> {
  return guard.check(facts)
}
