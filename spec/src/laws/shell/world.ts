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
import type { RevocationLists } from "@countersign/x509/revocation"
import fc from "fast-check"
import { type CertificateName, type Certificates, DAY, leafNames, now } from "./certificates.ts"

export const ORG = "acme"
const ABROAD = "globex"
export const boundToken = "acmebound00000000000000000000000001"
export const plainToken = "acmeplain00000000000000000000000002"
export const foreignToken = "globexforeign000000000000000000003"
export const foreignBoundToken = "globexbound00000000000000000000005"

/** What a generation still has; everything is there to begin with. */
export interface Settings {
  /** Alice in the list of `/listed`. */
  readonly listed: boolean
  /** The root in the list of `/authority`. */
  readonly anchored: boolean
  /** No list revokes the direct leaf of the root; one that comes into force later always does. */
  readonly unrevoked: boolean
  /** Alice in the certificate store of the organisation, and of the other one. */
  readonly stored: boolean
  readonly storedAbroad: boolean
  /** Alice in the bindings of the bound sessions. */
  readonly bound: boolean
  readonly sessions: boolean
  readonly policies: boolean
}

export const everything: Settings = {
  listed: true,
  anchored: true,
  unrevoked: true,
  stored: true,
  storedAbroad: true,
  bound: true,
  sessions: true,
  policies: true,
}

const mostly = fc.constantFrom(true, true, true, false)

export const someSettings: fc.Arbitrary<Settings> = fc.record({
  listed: mostly,
  anchored: mostly,
  unrevoked: mostly,
  stored: mostly,
  storedAbroad: mostly,
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
  const { stored, storedAbroad, sessions, policies } = settings
  const { sha256 } = certificates.alice
  const records = sessions ? sessionsOf(settings, certificates) : []
  const ids = [...(stored ? [ORG + sha256] : []), ...(storedAbroad ? [ABROAD + sha256] : [])]
  return {
    policies: createPolicySet(policies ? apisOf(settings, certificates) : []),
    sessions: memorySessions(new Map(records.map((known) => [known.key, storedSession(known)]))),
    certificates: memoryCertificates(new Set(ids)),
  }
}

type Api = Parameters<typeof createPolicySet>[0][number]

function apisOf(
  { listed, anchored, unrevoked }: Settings,
  certificates: Certificates,
): readonly Api[] {
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
        revocation: "soft",
      }),
      trust: anchored
        ? trustIn(certificates, unrevoked ? "coming" : "both")
        : createTrust({ anchors: [] }),
    },
    api("/token", token),
    api("/globex", { ...token, orgId: ABROAD }),
  ]
}

const trusts = new Map<RevocationLists, Trust>()

/** One trust for all generations with the same authorities and lists, as a loader makes it. */
function trustIn(certificates: Certificates, which: keyof Certificates["lists"]): Trust {
  const lists = certificates.lists[which]
  const trust = trusts.get(lists) ?? createTrust({ anchors: [certificates.root.der], lists })
  trusts.set(lists, trust)
  return trust
}

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
  const bindings = bound ? [alice.sha256] : []
  return [
    known(plainToken),
    known(boundToken, { bindings, expiresAt: now + DAY }),
    known(foreignToken, { orgId: ABROAD }),
    known(foreignBoundToken, { orgId: ABROAD, bindings }),
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
  serverName: fc.constantFrom("a.example", "b.example", "none", "none"),
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
  readonly token: "none" | "plain" | "bound" | "foreign" | "foreign-bound" | "computed" | "unknown"
}

/** One for each API that is let in by the right certificate. */
const rightRequest: fc.Arbitrary<RequestPlan> = fc.constantFrom<RequestPlan[]>(
  { path: "/listed", host: "own", token: "none" },
  { path: "/authority", host: "own", token: "none" },
  { path: "/dynamic", host: "own", token: "none" },
  { path: "/token", host: "own", token: "bound" },
  { path: "/globex", host: "own", token: "foreign-bound" },
)

const anyRequest: fc.Arbitrary<RequestPlan> = fc.record({
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
    "foreign-bound",
    "foreign-bound",
    "computed",
    "unknown",
  ),
})

export const someRequests: fc.Arbitrary<RequestPlan> = fc.oneof(anyRequest, rightRequest)

export function tokenText(token: RequestPlan["token"], { alice }: Certificates): string {
  return {
    none: "",
    plain: plainToken,
    bound: boundToken,
    foreign: foreignToken,
    "foreign-bound": foreignBoundToken,
    computed: `${ORG}${alice.sha256}`,
    unknown: "acmeunknown0000000000000000000000004",
  }[token]
}

export function factsOf(
  connection: Connection,
  { path, host, token }: RequestPlan,
  certificates: Certificates,
  others: Readonly<Record<string, string>> = {},
  at = now,
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
  return { now: at, connection, head }
}

/** A verdict by a guard, awaited where it has to be. */
export async function check(guard: Guard, facts: RequestFacts): Promise<Verdict> {
  return guard.check(facts)
}
