import type { Policy } from "@countersign/engine"
import { shown } from "../problem.ts"

/** Whether the certificate may say who the caller is (dynamic mTLS). */
export function isDynamic({ identity }: Policy): boolean {
  if (identity._tag === "alternatives") return identity.groups.flat().some(takesCertificate)
  return takesCertificate(identity)
}

function takesCertificate(mechanism: Policy["identity"]): boolean {
  return mechanism._tag === "authToken" && mechanism.certificate
}

/** Whether an API reads client certificates at all. */
export function asksForCertificate(policy: Policy): boolean {
  return policy.staticMtls !== "off" || isDynamic(policy)
}

/** The first names of a list that may be long. */
export function listed(names: readonly string[], most = 10): string {
  const first = names.slice(0, most).map((name) => `\`${shown(name)}\``)
  const rest = names.length - first.length
  return rest > 0 ? `${first.join(", ")} and ${rest} more` : first.join(", ")
}
