import { combine, places } from "./combine.ts"
import { pathClasses } from "./dimensions.ts"
import {
  credentials,
  kinds,
  list,
  peer,
  policies,
  record,
  revokedPeer,
  token,
  withoutPeer,
} from "./parts.ts"
import type { Product } from "./product.ts"
import type { PathState } from "./state.ts"

/**
 * Every list of up to two paths (the first to one anchor, the second to the other), for every allow list and mode.
 * An absent interval is reported as one that is over, so it meets lists of one path only.
 */
export function admissionStates(): Product {
  const atoms = combine({
    anchor: places(pathClasses.anchor),
    time: places(pathClasses.time, "inside", "before", "after"),
    status: places(pathClasses.status, "good", "stale", "unknown", "revoked", "revoked, stale"),
  })
  const pairs: (readonly PathState[])[] = atoms.flatMap((one) => atoms.map((two) => [one, two]))
  const single: (readonly PathState[])[] = [[], ...atoms.map((one) => [one])]
  const bound = record({ bindings: "other and L" })
  const unbound = record()
  return {
    name: "admission",
    policies: policies({
      lists: (["off", "empty", "unlisted", "listed"] as const).flatMap((what) =>
        (["off", "soft", "hard"] as const).map((mode) => list(what, mode)),
      ),
      identities: kinds("keyless", "authToken", "dynamic"),
      tokenAuth: [0],
    }),
    connections: [
      ...withoutPeer,
      ...(["inside", "before", "after"] as const).flatMap((when) =>
        [...single, ...pairs].map((paths) => peer(when, paths)),
      ),
      ...single.map((paths) => peer("absent", paths)),
      ...(["inside", "before", "after", "absent"] as const).flatMap((when) =>
        [...single, ...pairs].map((paths) => revokedPeer(when, paths)),
      ),
      ...atoms.map((one) => peer("inside", [one], "disagrees")),
    ],
    credentials: [
      credentials({}),
      credentials({ authToken: token(unbound), holder: "enrolled" }),
      credentials({ authToken: token(bound), holder: "enrolled" }),
      credentials({ authToken: token(bound), holder: "unenrolled" }),
      credentials({ holder: "enrolled", another: record({ certificate: "L enrolled" }) }),
    ],
  }
}
