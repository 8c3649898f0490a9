import type { Certificate } from "../certificate/certificate.ts"
import {
  allReasons,
  type DistributionPoint,
  type Place,
} from "../certificate/extension/distribution-points.ts"
import type { GeneralName } from "../certificate/general-name.ts"
import type { Name } from "../certificate/name.ts"
import { toHex } from "../hex.ts"
import type { RevocationList } from "./revocation-list.ts"

/** The reasons for which `list` speaks about `certificate`, 0 if it does not (RFC 5280 §6.3.3 (b), (d)). */
export function reasonsFor(list: RevocationList, certificate: Certificate): number {
  const { covers, place, reasons } = list.scope
  const isAuthority = certificate.extensions.basicConstraints?.ca === true
  if (covers === (isAuthority ? "users" : "authorities")) return 0
  if (place === undefined) return reasons
  const places = new Set(keysOf(place, list.issuer))
  let found = 0
  for (const point of pointsOf(certificate)) {
    if (keysOfPoint(point, certificate).some((key) => places.has(key))) found |= point.reasons
  }
  return found & reasons
}

/** RFC 5280 §6.3.3: after the certificate's own points, one under the name of its issuer is assumed. */
function pointsOf({ extensions, issuer }: Certificate): readonly DistributionPoint[] {
  const names: readonly GeneralName[] = [{ _tag: "Directory", name: issuer }]
  const assumed: DistributionPoint = {
    place: { _tag: "Full", names },
    reasons: allReasons,
    issuer: undefined,
  }
  return [...(extensions.crlDistributionPoints ?? []), assumed]
}

/** A point whose list another authority issues is of no use: such a list is indirect. */
function keysOfPoint({ place, issuer }: DistributionPoint, certificate: Certificate): string[] {
  const own = keyOf({ _tag: "Directory", name: certificate.issuer })
  if (issuer !== undefined && !issuer.some((name) => keyOf(name) === own)) return []
  return place === undefined ? [own] : keysOf(place, certificate.issuer)
}

function keysOf(place: Place, issuer: Name): string[] {
  if (place._tag === "Full") return place.names.map(keyOf)
  return [`Directory ${[...issuer.rdns, place.rdn].map((rdn) => rdn.key).join(",")}`]
}

function keyOf(name: GeneralName): string {
  switch (name._tag) {
    case "Directory":
      return `Directory ${name.name.key}`
    case "Ip":
      return `Ip ${toHex(name.octets)}`
    case "Other":
      return `Other ${toHex(name.bytes)}`
    default:
      return `${name._tag} ${name.text}`
  }
}
