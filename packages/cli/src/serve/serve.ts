import { once } from "node:events"
import { createServer, type RequestListener } from "node:http"
import { createProtectedServer, protect, verdictOf } from "@countersign/node"
import { headOf } from "@countersign/node/facts"
import { guardConfiguration } from "../guard-configuration.ts"
import { closeAll, listen } from "../listen.ts"
import { type ConfigurationOptions, load } from "../load.ts"
import { formatProblems } from "../problems.ts"
import { exitCodes, OperatorError, type Terminal } from "../terminal.ts"
import { denialLine } from "./denial-line.ts"
import { serverIdentity } from "./server-identity.ts"
import { welcome } from "./welcome.ts"

export interface ServeOptions extends ConfigurationOptions {
  readonly host: string
  readonly port: number
  readonly plainPort?: number
  /** PEM files; both or none. */
  readonly cert?: string
  readonly key?: string
}

/** Serves a configuration until it is interrupted: whoever is allowed reads the verdict as JSON. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<number> {
  const configuration = load(options, terminal)
  terminal.err(formatProblems(configuration.problems, terminal))
  const { now } = terminal
  const guard = guardConfiguration(configuration, {
    onDecision: (decision) => {
      if (decision.verdict._tag === "Deny") terminal.out(`${denialLine(decision, terminal)}\n`)
    },
    onProblem: ({ code }) => terminal.err(`countersign: ${code}\n`),
  })
  const answer: RequestListener = (request, response) => {
    const api = guard.apiOf(headOf(request))?.policy.apiId
    response.setHeader("content-type", "application/json")
    response.end(`${JSON.stringify({ api, ...verdictOf(request) })}\n`)
  }
  const identity = await serverIdentity(options, configuration)
  const tls = protectedTls(guard, identity, answer, now)
  const plain = protect(createServer(answer), guard, { clock: now })
  try {
    const port = await listen(tls, options.port, options.host)
    const plainPort =
      options.plainPort === undefined
        ? undefined
        : await listen(plain, options.plainPort, options.host)
    const { isThrowAway } = identity
    terminal.out(
      welcome(configuration, { host: options.host, port, plainPort, isThrowAway }, terminal),
    )
    if (!terminal.interrupted.aborted) await once(terminal.interrupted, "abort")
  } finally {
    await closeAll([tls, plain])
  }
  return exitCodes.success
}

function protectedTls(
  guard: Parameters<typeof createProtectedServer>[0],
  { cert, key }: { readonly cert: string; readonly key: string },
  answer: RequestListener,
  clock: () => number,
): ReturnType<typeof createProtectedServer> {
  try {
    return createProtectedServer(guard, { cert, key }, answer, { clock })
  } catch {
    throw new OperatorError(
      "--cert and --key are no certificate with its private key; give both as PEM",
    )
  }
}
