import { Connection, type Guard } from "@countersign/guard"
import { readCertificate } from "@countersign/x509"
import { floorSubject } from "../decide/subjects.ts"
import { checking, expect, factsOf, host } from "../growth/checks.ts"
import { guardOf, knownSession } from "../guard/world.ts"
import type { Subject } from "../measure/interleave.ts"
import { type Chain, chainsOf } from "../paths/chains.ts"
import { type Check, RATIOS } from "./check.ts"

/** Chains seen before, in turn. */
const KNOWN = 64
/** Chains never seen before that warm up; each slice takes another one. */
const WARM = 48
const SLICES = 25
const token = "Bearer 2a1b3c4d5e6f70819203a4b5c6d7e8f9"
/** So many requests take as long as one of the floor's calls, roughly. */
const TO_FLOOR = 24

/**
 * `Guard.check` on live and on new connections. `through` may put something between the check and the
 * guard: the proof that a guard that does too much is noticed.
 */
export async function requestChecks(through: (guard: Guard) => Guard): Promise<readonly Check[]> {
  const known = await chainsOf("P-256", KNOWN)
  const fresh = await chainsOf("P-256", WARM + RATIOS * SLICES)
  const { chains } = known
  const guard = through(guardFor(known))
  const live = (target: string): Subject => ({
    ...checking(
      `live ${target}`,
      guard,
      chains.map((one) => factsOf(connect(one), target, token)),
    ),
    weight: TO_FLOOR,
  })
  return [
    {
      name: "a request on a live connection, listed leaf, to the floor",
      limit: 75,
      because: "20 to 40 on the machines seen; reading the certificate again would add hundreds",
      subject: live("/listed"),
      base: floorSubject(),
      calls: 4800,
    },
    {
      name: "a request on a live connection, leaf of an authority, to the floor",
      limit: 75,
      because: "as above",
      subject: live("/authorities"),
      base: floorSubject(),
      calls: 4800,
    },
    {
      name: "the first request of a connection, leaf seen before, to reading the leaf",
      limit: 0.6,
      because:
        "a tenth to a quarter on the machines seen; reading the leaf again would make it more than 1",
      subject: connecting("leaf seen before", guard, chains, "/listed"),
      base: reading(chains),
      calls: 32,
    },
    {
      name: "the first request of a connection, chain seen before, to first sight",
      limit: 0.1,
      because: "a fiftieth on the machines seen; examining the chain again would make it 1",
      subject: connecting("chain seen before", guard, chains, "/authorities"),
      base: {
        ...connecting("first sight", guardFor(fresh), fresh.chains, "/authorities"),
        weight: SEEN_TO_FIRST,
      },
      calls: SEEN_TO_FIRST,
      slices: SLICES,
      warmUp: WARM * SEEN_TO_FIRST,
    },
  ]
}

const SEEN_TO_FIRST = 32

/** An API that lists the leaves, and one that lists their authority. */
function guardFor({ root, chains }: Awaited<ReturnType<typeof chainsOf>>): Guard {
  const identity = { _tag: "authToken", certificate: false } as const
  const leaves = chains.map(({ leaf }) => leaf.sha256)
  return guardOf({
    apis: [
      { apiId: "listed", staticMtls: { leaves, anchors: [] }, identity },
      {
        apiId: "authorities",
        staticMtls: { leaves: [], anchors: [root.sha256] },
        identity,
        authorities: [root.der],
      },
    ],
    sessions: [knownSession(token.slice("Bearer ".length))],
  })
}

function connect({ leaf, intermediate }: Chain): Connection {
  return new Connection({ encrypted: true, serverName: host, chain: [leaf.der, intermediate.der] })
}

/** A new connection for every request. */
function connecting(name: string, guard: Guard, chains: readonly Chain[], target: string): Subject {
  let next = 0
  return {
    name,
    run: (calls) => {
      for (let call = 0; call < calls; call++) {
        const chain = chains[next++ % chains.length]
        if (chain === undefined) return
        expect(name, guard.check(factsOf(connect(chain), target, token)), "Allow")
      }
    },
  }
}

/** What was read last. */
export const kept: { read: ReturnType<typeof readCertificate> | undefined } = { read: undefined }

function reading(chains: readonly Chain[]): Subject {
  let next = 0
  return {
    name: "reading the leaf",
    weight: 4,
    run: (calls) => {
      for (let call = 0; call < calls; call++) {
        const chain = chains[next++ % chains.length]
        if (chain !== undefined) kept.read = readCertificate(chain.leaf.der)
      }
    },
  }
}
