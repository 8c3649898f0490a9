import { mkdtempSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { loadConfiguration, type Problem } from "@countersign/config"
import type { Decision } from "@countersign/guard"
import { createProtectedServer, protect } from "@countersign/node"
import type { Issued } from "@countersign/pki"
import { guardConfiguration } from "../guard-configuration.ts"
import { closeAll, listen } from "../listen.ts"
import { OperatorError } from "../terminal.ts"
import type { Flag } from "./scenario-file.ts"
import { type GatewayContents, writeGateway } from "./write-gateway.ts"

/** A running gateway: one folder, one guard, a TLS server and a plain one before it. */
export interface Gateway {
  readonly tlsPort: number
  readonly plainPort: number
  /** The guard's last decision on the request that carries this id. */
  readonly decisionOn: (requestId: string) => Decision | undefined
  readonly close: () => Promise<void>
}

export const REQUEST_ID = "x-demo-request"

/** Writes a gateway folder below `parent`, loads it as `serve` would, and listens on free ports. */
export async function startGateway(
  parent: string,
  contents: GatewayContents,
  server: Issued,
): Promise<Gateway> {
  const folder = mkdtempSync(join(parent, "gateway-"))
  writeGateway(folder, contents)
  const configuration = load(folder, contents.now, contents.flags)
  const decisions = new Map<string, Decision>()
  const guard = guardConfiguration(configuration, {
    onDecision: (decision) => {
      const id = decision.facts.head.header(REQUEST_ID)
      if (id !== undefined) decisions.set(id, decision)
    },
  })
  const tls = createProtectedServer(
    guard,
    { cert: server.pem, key: server.privateKeyPem },
    (_request, response) => response.end("allowed\n"),
  )
  const plain = protect(
    createServer((_request, response) => response.end("allowed\n")),
    guard,
  )
  const [tlsPort, plainPort] = await Promise.all([
    listen(tls, 0, "127.0.0.1"),
    listen(plain, 0, "127.0.0.1"),
  ])
  return {
    tlsPort,
    plainPort,
    decisionOn: (id) => decisions.get(id),
    close: () => closeAll([tls, plain]),
  }
}

function load(folder: string, now: number, flags: readonly Flag[]) {
  const loaded = loadConfiguration(folder, {
    now,
    boundCertificateSatisfiesAllowList: flags.includes("bound_certificate_satisfies_allow_list"),
    ...(flags.includes("revocation_hard") && { revocation: "hard" }),
  })
  if (loaded._tag === "Configuration") return loaded
  const first = loaded.problems.find(({ severity }) => severity === "error")
  throw new OperatorError(`the world of the scenarios cannot be served: ${textOf(first)}`)
}

function textOf(problem: Problem | undefined): string {
  return problem === undefined
    ? "no reason given"
    : `${problem.file} ${problem.place}: ${problem.message}`
}
