import { randomUUID } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import type { Preset, Verdict } from "@countersign/engine"
import { createGuard, type Decision, type Guard, storedSession } from "@countersign/guard"
import { createAuthority } from "@countersign/pki"
import type { Host } from "../hosts/host.ts"
import type { Answer, Driver } from "./driver.ts"
import { generationOf, knownOf } from "./generation.ts"
import type { LoadedWorld } from "./loaded-world.ts"
import { requestTo } from "./request-to.ts"

/** Tells one decision from another. */
const MARK = "x-exchange"

/**
 * A driver of an adapter: a server with TLS and one without, on ports that are free. It tells the
 * reason and the identity that its guard decided on beside what the client sees.
 */
export function adapterDriver(host: Host, preset: Preset = "default"): Driver {
  let started: Promise<Servers> | undefined
  let nameOf: ReadonlyMap<string, string> = new Map()
  return {
    name: host.name,
    load: async (world) => {
      const generation = generationOf(world, { preset })
      started ??= startServers(host, (onDecision) => createGuard({ ...generation, onDecision }))
      const { guard } = await started
      guard.replace(generation)
      nameOf = namesOf(world)
      return undefined
    },
    request: async (exchange, signal) => {
      if (started === undefined) return { cannot: "no world is loaded" }
      const { request, decisions } = await started
      const mark = randomUUID()
      const headers = { ...exchange.headers, [MARK]: mark }
      const answer = await request({ ...exchange, headers }, signal)
      const verdict = decisions.get(mark)?.verdict
      decisions.clear()
      return "cannot" in answer || verdict === undefined
        ? answer
        : { ...answer, ...told(verdict, nameOf) }
    },
    close: async () => {
      const running = await started
      started = undefined
      await running?.close()
    },
  }
}

interface Servers {
  readonly guard: Guard
  readonly request: Driver["request"]
  /** By the mark of a request. */
  readonly decisions: Map<string, Decision>
  readonly close: () => Promise<void>
}

async function startServers(
  host: Host,
  guarded: (onDecision: (decision: Decision) => void) => Guard,
): Promise<Servers> {
  const decisions = new Map<string, Decision>()
  const guard = guarded((decision) => {
    const mark = decision.facts.head.header(MARK)
    if (mark !== undefined) decisions.set(mark, decision)
  })
  const authority = await createAuthority({ name: "servers" })
  const { privateKeyPem: key, pem: cert } = await authority.issue({
    name: "localhost",
    usage: "server",
    san: ["localhost"],
  })
  const [tls, plain] = await Promise.all([
    host.start(guard, { key, cert }),
    host.start(guard, "plain"),
  ])
  for (const { server } of [tls, plain]) server.on("checkContinue", proceed)
  return {
    guard,
    decisions,
    request: requestTo({ tls: tls.port, plain: plain.port, http: host.http }),
    close: async () => {
      await Promise.all([tls.close(), plain.close()])
    },
  }
}

type Proceed = (
  request: Pick<IncomingMessage, "resume">,
  response: Pick<ServerResponse, "end" | "writeContinue">,
) => void

/** Node calls such a listener instead of a server's handler, so that adapters must guard it too. */
const proceed: Proceed = (request, response) => {
  response.writeContinue()
  request.resume()
  response.end()
}

function namesOf({ sessions }: LoadedWorld): ReadonlyMap<string, string> {
  return new Map(sessions.map((session) => [storedSession(knownOf(session)).id, session.name]))
}

function told(
  verdict: Verdict,
  nameOf: ReadonlyMap<string, string>,
): Pick<Answer, "reason" | "session" | "leaf"> {
  if (verdict._tag === "Deny") return { reason: verdict.reason }
  const { session, leaf = "none" } = verdict.identity
  const name = session === undefined ? "none" : (nameOf.get(session) ?? "a session of no world")
  return { reason: "none", session: name, leaf }
}
