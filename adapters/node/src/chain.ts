import type { X509Certificate } from "node:crypto"
import type { DetailedPeerCertificate, TLSSocket } from "node:tls"

/** Longer chains are cut: everything after the leaf is only path material. */
const MOST = 32

/**
 * The certificates as presented, leaf first. To be called once per connection and before any other
 * code asks: on TLS 1.3 Node 20 gives the chain to the first caller only. The certificate after the
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
  return chain.length === 1 && !socket.isSessionReused() ? relinkedChain(socket, chain) : chain
}

/** What is left of a chain that somebody asked for before, in the order of issuers. */
function relinkedChain(socket: TLSSocket, chain: readonly Uint8Array[]): readonly Uint8Array[] {
  const found = [...chain]
  let certificate: DetailedPeerCertificate | undefined =
    socket.getPeerCertificate(true).issuerCertificate
  const seen = new Set<object>()
  while (certificate?.raw !== undefined && !seen.has(certificate) && found.length < MOST) {
    seen.add(certificate)
    found.push(certificate.raw)
    certificate = certificate.issuerCertificate
  }
  return found
}
