import type { TLSSocket } from "node:tls"
import { type Connection as ConnectionFact, decide, type Reason } from "@countersign/engine"
import type { Api, Connection, PolicySet } from "@countersign/guard"
import { connectionOf } from "./facts.ts"
import type { NodeServer } from "./node-server.ts"

/**
 * Closes a connection right after the handshake, before the first byte of a request, where every API
 * of its server name would refuse its certificate whatever the request (`handshake: "tls"`). It closes
 * nothing that a path or a token could still admit. `policies` is asked for each connection, so that reloads count.
 *
 * Every server name is asked for a certificate, because `requestCert` is per server in Node. On TLS
 * 1.3 the client has finished its handshake before the server judges it: it sees a connection that
 * ends. Requests on connections that stay open are decided by the guard as ever.
 */
export function decideInHandshake<S extends NodeServer>(
  server: S,
  policies: () => PolicySet,
  clock: () => number = Date.now,
): S {
  server.prependListener("secureConnection", (socket: TLSSocket) => {
    const connection = connectionOf(socket)
    const now = clock()
    const apis = apisOf(policies(), connection)
    const isHopeless = apis.every((api) => refuses(api, connection, now))
    if (apis.length > 0 && isHopeless) socket.destroy()
  })
  return server
}

/** The APIs of the server name; where there is none, or none that can be read, any API may be meant. */
function apisOf({ routes, apis }: PolicySet, { serverName }: Connection): readonly Api[] {
  if (typeof serverName !== "object" || serverName._tag === "problem" || serverName.literal) {
    return [...apis.values()]
  }
  return routes.apisOf(serverName).flatMap((id) => apis.get(id) ?? [])
}

const hopeless: ReadonlySet<Reason> = new Set(["mtls.cert_required", "mtls.cert_not_allowed"])

/** The engine is asked for a request without credentials; a refusal to admit does not depend on them. */
function refuses({ policy, trust }: Api, connection: Connection, now: number): boolean {
  const { certificate } = connection
  const couldBeAdmitted = trust !== undefined || policy.flags.boundCertificateSatisfiesAllowList
  if (certificate !== undefined && couldBeAdmitted) return false
  const verdict = decide(policy, {
    now,
    hostAgrees: true,
    connection: factOf(connection),
    credentials: { authToken: "none", jwt: "none" },
  })
  return verdict._tag === "Deny" && hopeless.has(verdict.reason)
}

function factOf({ leaf, certificate }: Connection): ConnectionFact {
  if (leaf === undefined || certificate?._tag !== "Certificate")
    return { _tag: "tls", peer: "none" }
  const { validity } = certificate
  return { _tag: "tls", peer: { leaf: { sha256: leaf, validity }, revoked: false, paths: [] } }
}
