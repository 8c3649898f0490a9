import { Certificate, CertificateChainValidationEngine, CryptoEngine, setEngine } from "pkijs"
import type { Chain } from "./chains.ts"

setEngine("node", new CryptoEngine({ name: "node", crypto: globalThis.crypto }))

/** The path engine of pkijs, its root read before. */
export function pkijsPaths(root: Uint8Array): (chain: Chain) => Promise<boolean> {
  const trustedCerts = [Certificate.fromBER(root)]
  return async ({ leaf, intermediate }) => {
    // The certificate in question stands last.
    const certs = [Certificate.fromBER(intermediate.der), Certificate.fromBER(leaf.der)]
    const engine = new CertificateChainValidationEngine({ trustedCerts, certs })
    return (await engine.verify()).result
  }
}
