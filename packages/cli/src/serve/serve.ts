import { once } from "node:events"
import { createServer, type RequestListener, type Server } from "node:http"
import type { Configuration } from "@countersign/config"
import type { Guard } from "@countersign/guard"
import { createProtectedServer, protect, verdictOf } from "@countersign/node"
import { headOf } from "@countersign/node/facts"
import { guardConfiguration } from "../guard-configuration.ts"
import { closeAll, listen } from "../listen.ts"
import { type ConfigurationOptions, loadAgain } from "../load.ts"
import { formatProblems } from "../problems.ts"
import { exitCodes, OperatorError, type Terminal } from "../terminal.ts"
import { denialLine } from "./denial-line.ts"
import { referencedFiles } from "./referenced-files.ts"
import { reload } from "./reload.ts"
import { type ServerIdentity, serverIdentity } from "./server-identity.ts"
import type { Changes } from "./watch-files.ts"
import { type Listening, welcome } from "./welcome.ts"

export interface ServeOptions extends ConfigurationOptions {
  readonly host: string
  readonly port: number
  readonly plainPort?: number
  /** PEM files; both or none. */
  readonly cert?: string
  readonly key?: string
}

/**
 * Serves a configuration until it is interrupted: whoever is allowed reads the verdict as JSON. Changed
 * files are loaded again, and decide from the next request on, on connections that are open already too.
 */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<number> {
  const watched = await terminal.watch(options.config)
  try {
    const { configuration, loader } = loadAgain(options, terminal)
    terminal.err(formatProblems(configuration.problems, terminal))
    const guard = loggingGuard(configuration, terminal)
    const servers = await protectedServers(guard, configuration, options, terminal)
    await during(servers, async () => {
      const listening = await listenOn(servers, options)
      const load = (changes: Changes): void => {
        const loaded = reload(loader, guard, changes, terminal)
        if (loaded !== undefined) void watched.follow(referencedFiles(options.config, loaded))
      }
      await watched.follow(referencedFiles(options.config, configuration))
      const stop = terminal.onHangup(() => load("anything"))
      watched.listen(load)
      terminal.out(welcome(configuration, listening, terminal))
      if (!terminal.interrupted.aborted) await once(terminal.interrupted, "abort")
      stop()
    })
  } finally {
    await watched.close()
  }
  return exitCodes.success
}

function loggingGuard(configuration: Configuration, terminal: Terminal): Guard {
  return guardConfiguration(configuration, {
    onDecision: (decision) => {
      if (decision.verdict._tag === "Deny") terminal.out(`${denialLine(decision, terminal)}\n`)
    },
    onProblem: ({ code }) => terminal.err(`countersign: ${code}\n`),
  })
}

interface Servers {
  readonly tls: ReturnType<typeof createProtectedServer>
  readonly plain: Server
  readonly isThrowAway: boolean
}

async function protectedServers(
  guard: Guard,
  configuration: Configuration,
  options: ServeOptions,
  { now }: Terminal,
): Promise<Servers> {
  const answer = answering(guard)
  const identity = await serverIdentity(options, configuration)
  return {
    tls: protectedTls(guard, identity, answer, now),
    plain: protect(createServer(answer), guard, { clock: now }),
    isThrowAway: identity.isThrowAway,
  }
}

/** The stores answer at once, so that nothing is reloaded between the verdict and its answer. */
function answering(guard: Guard): RequestListener {
  return (request, response) => {
    const api = guard.apiOf(headOf(request))?.policy.apiId
    const generation = guard.generation()
    response.setHeader("content-type", "application/json")
    response.end(`${JSON.stringify({ api, generation, ...verdictOf(request) })}\n`)
  }
}

function protectedTls(
  guard: Guard,
  { cert, key }: ServerIdentity,
  answer: RequestListener,
  clock: () => number,
): Servers["tls"] {
  try {
    return createProtectedServer(guard, { cert, key }, answer, { clock })
  } catch {
    throw new OperatorError(
      "--cert and --key are no certificate with its private key; give both as PEM",
    )
  }
}

async function during({ tls, plain }: Servers, served: () => Promise<void>): Promise<void> {
  try {
    await served()
  } finally {
    await closeAll([tls, plain])
  }
}

async function listenOn(
  { tls, plain, isThrowAway }: Servers,
  { host, port, plainPort }: ServeOptions,
): Promise<Listening> {
  return {
    host,
    port: await listen(tls, port, host),
    plainPort: plainPort === undefined ? undefined : await listen(plain, plainPort, host),
    isThrowAway,
  }
}
