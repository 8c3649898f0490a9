import { isDeepStrictEqual } from "node:util"
import fc from "fast-check"
import { told } from "../answer.ts"
import { type CertificateName, certificates, leafNames } from "./certificates.ts"
import { shellLaw } from "./shell-law.ts"
import {
  type ConnectionPlan,
  check,
  connect,
  everything,
  factsOf,
  generationOf,
  hostOf,
  type Path,
  paths,
  type RequestPlan,
  type Settings,
  someConnections,
  someRequests,
  someSettings,
} from "./world.ts"

/** Another generation before some of the requests. */
const steps = fc.array(
  fc.record({ request: someRequests, settings: fc.option(someSettings, { nil: undefined }) }),
  { minLength: 3, maxLength: 8, size: "max" },
)

export const oneConnection = shellLaw({
  id: "requests-on-one-connection-answer-as-on-many",
  sentence:
    "requests on one connection for other hosts, APIs, organisations and under other generations are answered as each on a connection of its own to a server that has just started",
  sources: [
    "design:connection",
    "advisory:resumption-across-policies",
    "advisory:host-and-server-name",
    "advisory:stale-holder",
    "advisory:organisations-mixed",
  ],
  onlyCatches: "none",
  plans: fc.record({ connection: someConnections, steps }),
  run: async (shell, plan) => {
    const issued = await certificates()
    let settings: Settings = everything
    const guard = shell.createGuard(generationOf(settings, issued))
    const connection = connect(plan.connection, issued)
    let isAnyAllowed = false
    for (const [i, step] of plan.steps.entries()) {
      if (step.settings !== undefined) {
        settings = step.settings
        guard.replace(generationOf(settings, issued))
      }
      const fresh = shell.createGuard(generationOf(settings, issued))
      const alone = connect(plan.connection, issued)
      const [here, there] = [
        await check(guard, factsOf(connection, step.request, issued)),
        await check(fresh, factsOf(alone, step.request, issued)),
      ]
      if (!isDeepStrictEqual(here, there)) {
        return { wrong: `request ${i + 1}: ${told(here)}, and alone ${told(there)}` }
      }
      isAnyAllowed ||= here._tag === "Allow"
    }
    return isAnyAllowed ? "held" : "idle"
  },
})

/** What each of these requests rests on. */
const rests: readonly {
  readonly request: RequestPlan
  readonly leaf: CertificateName
  readonly on: readonly (keyof Settings)[]
}[] = [
  { request: { path: "/listed", host: "own", token: "none" }, leaf: "alice", on: ["listed"] },
  {
    request: { path: "/authority", host: "own", token: "none" },
    leaf: "direct",
    on: ["anchored", "unrevoked"],
  },
  {
    request: { path: "/dynamic", host: "own", token: "none" },
    leaf: "alice",
    on: ["stored", "sessions"],
  },
  {
    request: { path: "/token", host: "own", token: "bound" },
    leaf: "alice",
    on: ["stored", "sessions", "bound"],
  },
  {
    request: { path: "/globex", host: "own", token: "foreign-bound" },
    leaf: "alice",
    on: ["storedAbroad", "sessions", "bound"],
  },
]

const removals = rests.flatMap(({ request, leaf, on }) =>
  [...on, "policies" as const].map((removed) => ({ request, leaf, removed })),
)

export const removed = shellLaw({
  id: "what-is-removed-is-gone-on-the-same-connection",
  sentence:
    "after a certificate, an authority, a binding, a session or a policy was removed, or a revocation list added, the next request on the same connection that rested on it is denied, whatever else was asked before and between",
  sources: [
    "design:guard",
    "advisory:stale-holder",
    "advisory:certificate-not-enrolled",
    "advisory:resumption-across-policies",
    "advisory:revocation-not-consulted",
    "advisory:organisations-mixed",
  ],
  onlyCatches: "none",
  plans: fc.record({
    removal: fc.constantFrom(...removals),
    others: fc.array(someRequests, { maxLength: 3 }),
  }),
  run: async (shell, { removal: { request, leaf, removed: what }, others }) => {
    const issued = await certificates()
    const guard = shell.createGuard(generationOf(everything, issued))
    const plan: ConnectionPlan = {
      encrypted: true,
      serverName: hostOf[request.path],
      chain: [leaf],
    }
    const connection = connect(plan, issued)
    const askOthers = async () => {
      for (const other of others) await check(guard, factsOf(connection, other, issued))
    }
    await askOthers()
    const before = await check(guard, factsOf(connection, request, issued))
    if (before._tag === "Deny") return "idle"
    await askOthers()
    guard.replace(generationOf({ ...everything, [what]: false }, issued))
    const after = await check(guard, factsOf(connection, request, issued))
    return after._tag === "Deny" ? "held" : { wrong: `without ${what} it ${told(after)}` }
  },
})

export const aboveTheLeaf = shellLaw({
  id: "certificates-after-the-leaf-are-path-material",
  sentence:
    "whatever certificates follow the leaf, in whatever order and number, the verdict is that for the leaf and the intermediate that it needs",
  sources: [
    "design:stricter/only-the-leaf-speaks",
    "advisory:any-presented-certificate",
    "advisory:chain-not-verified",
  ],
  onlyCatches: "none",
  plans: fc.record({
    leaf: fc.constantFrom(...leafNames),
    others: fc.array(
      fc.constantFrom<CertificateName[]>(...leafNames, "root", "intermediate", "otherRoot"),
      { minLength: 1, maxLength: 4 },
    ),
    path: fc.constantFrom(...paths),
    token: fc.constantFrom<RequestPlan["token"][]>("none", "bound", "computed"),
  }),
  run: async (shell, { leaf, others, path, token }) => {
    const issued = await certificates()
    const material = others.includes("intermediate") ? (["intermediate"] as const) : []
    const ask = (chain: readonly CertificateName[]) => {
      const guard = shell.createGuard(generationOf(everything, issued))
      const connection = connect({ encrypted: true, serverName: hostOf[path], chain }, issued)
      return check(guard, factsOf(connection, { path, host: "own", token }, issued))
    }
    const [whole, needed] = [await ask([leaf, ...others]), await ask([leaf, ...material])]
    return isDeepStrictEqual(whole, needed)
      ? "held"
      : { wrong: `${told(whole)}, and without the others ${told(needed)}` }
  },
})

export const provenPath = shellLaw({
  id: "an-authority-admits-what-it-signed-for-clients",
  sentence:
    "of an authority in the list only those are admitted that it signed, directly or through a presented intermediate, for client authentication and for this time; who has the same name is nobody",
  sources: [
    "design:stricter/full-path",
    "design:stricter/both-ends",
    "RFC 5280 §6",
    "advisory:chain-not-verified",
    "advisory:purpose-ignored",
    "advisory:validity-ignored",
    "advisory:identity-from-unproven-name",
  ],
  onlyCatches: "none",
  plans: fc.record({
    leaf: fc.constantFrom(...leafNames),
    others: fc.subarray(["intermediate", "root", "direct", "otherRoot"] as const),
  }),
  run: async (shell, { leaf, others }) => {
    const issued = await certificates()
    const path: Path = "/authority"
    const guard = shell.createGuard(generationOf(everything, issued))
    const chain = [leaf, ...others]
    const connection = connect({ encrypted: true, serverName: hostOf[path], chain }, issued)
    const verdict = await check(
      guard,
      factsOf(connection, { path, host: "own", token: "none" }, issued),
    )
    const isProven = leaf === "direct" || (leaf === "indirect" && others.includes("intermediate"))
    return (verdict._tag === "Allow") === isProven ? "held" : { wrong: told(verdict) }
  },
})
