import { constants } from "node:crypto"
import type { TlsOptions } from "node:tls"

/**
 * TLS options for a server whose requests are guarded. It asks every client for a certificate
 * (`requestCert` is per server in Node, not per server name) and rejects none in the handshake
 * (`rejectUnauthorized: false`), because only the request says which API, and so which rule, is meant;
 * the guard decides there (seed S3, "fallback to HTTP authorization"). TLS 1.2 renegotiation is
 * refused: it could change the certificate of a connection.
 */
export function createServerOptions<T extends TlsOptions>(tls: T): T {
  return {
    ...tls,
    requestCert: true,
    rejectUnauthorized: false,
    secureOptions: (tls.secureOptions ?? 0) | constants.SSL_OP_NO_RENEGOTIATION,
  }
}
