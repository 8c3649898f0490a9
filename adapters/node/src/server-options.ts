import { constants } from "node:crypto"
import type { TlsOptions } from "node:tls"
import type { PolicySet } from "@countersign/guard"

export interface HandshakeOptions {
  /**
   * The policies whose authorities the handshake names as acceptable (RFC 8446 §4.2.4); absent: none.
   * Leaves are never named. Clients may withhold a certificate that no named authority signed, so do
   * not announce where an allow list holds leaves of others, or where sessions name certificates.
   * Fixed with the server: after a reload, `setSecureContext` takes new options.
   */
  readonly announce?: PolicySet
}

/**
 * TLS options for a server whose requests are guarded. It asks every client for a certificate
 * (`requestCert` is per server in Node, not per server name) and rejects none in the handshake
 * (`rejectUnauthorized: false`), because only the request says which API, and so which rule, is meant;
 * the guard decides there (seed S3, "fallback to HTTP authorization"). TLS 1.2 renegotiation is
 * refused: it could change the certificate of a connection.
 */
export function createServerOptions<T extends TlsOptions>(
  tls: T,
  { announce }: HandshakeOptions = {},
): T {
  const authorities = announce === undefined ? [] : authoritiesOf(announce)
  return {
    ...tls,
    ...(authorities.length > 0 && { ca: authorities }),
    requestCert: true,
    rejectUnauthorized: false,
    secureOptions: (tls.secureOptions ?? 0) | constants.SSL_OP_NO_RENEGOTIATION,
  }
}

function authoritiesOf({ apis }: PolicySet): string[] {
  const found = new Set<string>()
  for (const { trust } of apis.values()) {
    for (const anchors of trust?.anchors.bySubject.values() ?? []) {
      for (const { certificate } of anchors) found.add(toPem(certificate.der))
    }
  }
  return [...found]
}

function toPem(der: Uint8Array): string {
  const text = Buffer.from(der).toString("base64")
  const lines = text.match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`
}
