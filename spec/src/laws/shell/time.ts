import { isDeepStrictEqual } from "node:util"
import fc from "fast-check"
import { told } from "../answer.ts"
import { certificates, DAY, HOUR, now } from "./certificates.ts"
import { shellLaw } from "./shell-law.ts"
import {
  check,
  connect,
  everything,
  factsOf,
  generationOf,
  hostOf,
  type RequestPlan,
  someRequests,
} from "./world.ts"

const MINUTE = 60_000

/** What certificates, sessions and lists of the world begin or end with, in milliseconds from now. */
const boundaries = [-9 * DAY, -DAY, 0, HOUR, DAY, 2 * DAY + HOUR, 9 * DAY]

/** What lists say is asked anew every minute: nobody asks twice within one of a boundary. */
const someInstants = fc.array(
  fc
    .tuple(fc.constantFrom(...boundaries), fc.constantFrom(-2 * MINUTE, 0, 2 * MINUTE))
    .map(([boundary, beside]) => boundary + beside),
  { minLength: 3, maxLength: 6 },
)

const request: fc.Arbitrary<RequestPlan> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constant({ path: "/authority", host: "own", token: "none" } as const),
  },
  { weight: 2, arbitrary: someRequests },
)

export const timePasses = shellLaw({
  id: "time-passes-on-a-connection-as-elsewhere",
  sentence:
    "when certificates, sessions and revocation lists begin or end, an open connection is answered as a new one, however long ago it was asked before and whichever way the clock was set",
  sources: [
    "design:stricter/both-ends",
    "advisory:validity-ignored",
    "advisory:revocation-not-consulted",
    "advisory:stale-holder",
  ],
  onlyCatches: "none",
  plans: fc.record({
    leaf: fc.constantFrom("direct", "direct", "direct", "indirect", "expired", "future", "alice"),
    others: fc.subarray(["intermediate", "otherRoot"] as const),
    requests: fc.array(request, { minLength: 1, maxLength: 3 }),
    instants: someInstants,
  }),
  run: async (shell, { leaf, others, requests, instants }) => {
    const issued = await certificates()
    const generation = generationOf(everything, issued)
    const plan = { encrypted: true, serverName: "none", chain: [leaf, ...others] } as const
    const [guard, connection] = [shell.createGuard(generation), connect(plan, issued)]
    const seen = requests.map(() => new Set<string>())
    for (const instant of instants) {
      for (const [i, asked] of requests.entries()) {
        const at = now + instant
        const fresh = shell.createGuard(generation)
        const [here, there] = [
          await check(guard, factsOf(connection, asked, issued, {}, at)),
          await check(fresh, factsOf(connect(plan, issued), asked, issued, {}, at)),
        ]
        if (!isDeepStrictEqual(here, there)) {
          const when = `${asked.path} of ${hostOf[asked.path]} after ${instant / MINUTE} minutes`
          return { wrong: `${when}: ${told(here)}, and on a new connection ${told(there)}` }
        }
        seen[i]?.add(told(here))
      }
    }
    return seen.some(({ size }) => size > 1) ? "held" : "idle"
  },
})
