import type { X509Certificate } from "node:crypto"
import type { TLSSocket } from "node:tls"

/** Longer chains are cut: everything after the leaf is only path material. */
const MOST = 32

/**
 * The certificates as presented, leaf first. To be called once per connection and before any other
 * code asks: Node 20 gives the chain to the first caller only, and the leaf alone to everybody after,
 * who then may miss an intermediate and deny. The certificate after the
 * leaf may come from the local store, which is harmless: only the leaf speaks.
 * A client without a certificate on a resumed TLS 1.3 session has `socket.authorized === true`;
 * that property is read nowhere.
 */
export function presentedChain(socket: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = []
  let certificate: X509Certificate | undefined = socket.getPeerX509Certificate()
  while (certificate !== undefined && chain.length < MOST) {
    chain.push(certificate.raw)
    const issuer: X509Certificate | undefined = certificate.issuerCertificate
    certificate = issuer === certificate ? undefined : issuer
  }
  return chain
}
