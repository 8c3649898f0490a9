import type { Guard } from "@countersign/guard"
import { readCertificate } from "@countersign/x509"

/** A guard that reads the certificate on every request, as one does that remembers nothing. */
export function slowGuard(guard: Guard): Guard {
  return {
    ...guard,
    check: (facts) => {
      const [leaf] = facts.connection.chain
      if (leaf !== undefined && readCertificate(leaf)._tag === "Malformed") {
        throw new Error("a certificate of the bench cannot be read")
      }
      return guard.check(facts)
    },
  }
}
