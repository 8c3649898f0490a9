import type { HostReading } from "./host.ts"
import type { Routes } from "./routes.ts"

export type HostAgreesOptions = {
  /** Whether the TLS context for connections without a known server name asks for a certificate. */
  readonly defaultAsksForCertificate: boolean
}

/**
 * Whether the TLS server name and the HTTP host of a request select the same group of policies.
 *
 * Against a client that opens a connection for a host which asks for nothing and sends a request for
 * one that asks for a certificate. Without a server name, or with an IP address for one, the default
 * context has spoken: then it must have asked. Where a name may have been sent that the host does not
 * tell (`"unknown"`), all hosts must select the same group. A name or a host that cannot be read never agrees; no
 * host at all selects the routes of every host.
 */
export function hostAgrees(
  routes: Pick<Routes, "groupOf" | "isOneGroup">,
  serverName: HostReading | "unknown" | undefined,
  host: HostReading | undefined,
  options: HostAgreesOptions,
): boolean {
  if (host?._tag === "problem") return false
  if (serverName === "unknown") return routes.isOneGroup
  if (serverName?._tag === "problem") return false
  if (serverName === undefined || serverName.literal) return options.defaultAsksForCertificate
  if (serverName.name === host?.name) return true
  return routes.groupOf(serverName) === routes.groupOf(host)
}
