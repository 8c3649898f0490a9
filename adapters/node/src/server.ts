import { constants } from "node:crypto"
import type { RequestListener } from "node:http"
import { createServer, type Server, type ServerOptions } from "node:https"
import type { Guard } from "@countersign/guard"
import { type ProtectOptions, protect } from "./protect.ts"

/**
 * Creates a protected HTTPS server. It asks every client for a certificate (`requestCert` is per
 * server in Node, not per server name) and rejects none in the handshake (`rejectUnauthorized:
 * false`), because only the request says which API, and so which rule, is meant; the guard decides
 * there (seed S3, "fallback to HTTP authorization"). TLS 1.2 renegotiation is refused: it could
 * change the certificate of a connection.
 */
export function createProtectedServer(
  guard: Guard,
  tls: ServerOptions,
  handler: RequestListener,
  options: ProtectOptions = {},
): Server {
  const server = createServer(
    {
      ...tls,
      requestCert: true,
      rejectUnauthorized: false,
      secureOptions: (tls.secureOptions ?? 0) | constants.SSL_OP_NO_RENEGOTIATION,
    },
    handler,
  )
  return protect(server, guard, options)
}
