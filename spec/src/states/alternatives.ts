import {
  credentials,
  invalidToken,
  kinds,
  list,
  path,
  peer,
  policies,
  record,
  token,
  unknownToken,
  withoutPeer,
} from "./parts.ts"
import type { Product } from "./product.ts"
import { type CredentialState, noToken } from "./state.ts"

/**
 * Groups of at most two mechanisms, at most two groups; and the single mechanisms beside both tokens.
 * No alternative lets a binding satisfy the allow list: the flag that permits it is on throughout.
 */
export function alternativeStates(): Product {
  const mechanisms = kinds("authToken", "dynamic", "jwt").map(({ identity }) => identity)
  const groups = [
    ...mechanisms.map((one) => [one]),
    ...mechanisms.flatMap((one) => mechanisms.map((two) => [one, two])),
  ]
  const lists = [[], [[]], [[], [1]], [[1], []], ...groups.map((group) => [group])]
  const alternatives = kinds("alternatives").flatMap((kind) =>
    [...lists, ...groups.flatMap((one) => groups.map((two) => [one, two]))].map((groups) => ({
      ...kind,
      groups,
    })),
  )
  return {
    name: "alternatives",
    policies: policies({
      lists: [list("off", "hard"), list("unlisted", "hard"), list("listed", "hard")],
      identities: [...kinds("keyless", "authToken", "dynamic", "jwt"), ...alternatives],
      boundList: [1],
    }),
    connections: [
      ...withoutPeer.filter(({ host }) => host === 0),
      peer("inside", [path("foreign", "inside", "good")]),
      peer("after", [path("ours", "inside", "good")]),
      peer("inside", [path("ours", "inside", "good")], "disagrees"),
    ],
    credentials: alternativeCredentials(),
  }
}

/** One of each way in which a mechanism can end, for both tokens and the certificate's session. */
function alternativeCredentials(): CredentialState[] {
  const inForce = record({ certificate: "L enrolled" })
  const tokens = [
    noToken,
    unknownToken(),
    token(inForce),
    token(record({ bindings: "L" })),
    token(record({ bindings: "other" })),
    token(record({ active: "no", secret: "no", certificate: "L enrolled" })),
  ]
  const jwts = [
    noToken,
    invalidToken,
    token(record({ org: "other" })),
    token(record({ apis: "holds" })),
    token(record({ bindings: "L" })),
    token(record({ apis: "lacks" })),
    token(record(), "L"),
    token(record(), "other"),
  ]
  return tokens.flatMap((authToken) =>
    jwts.flatMap((jwt) => [
      credentials({ authToken, jwt }),
      credentials({ authToken, jwt, holder: "enrolled" }),
      credentials({ authToken, jwt, holder: "unenrolled", another: inForce }),
      credentials({ authToken, jwt, holder: "enrolled", another: inForce }),
      ...(authToken.kind === token(inForce).kind
        ? [credentials({ authToken, jwt, holder: "enrolled", same: true })]
        : []),
    ]),
  )
}
