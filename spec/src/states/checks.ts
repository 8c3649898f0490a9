import { combine, places } from "./combine.ts"
import { sessionClasses } from "./dimensions.ts"
import { credentials, kinds, list, peer, policies, record, token, withoutPeer } from "./parts.ts"
import type { Product } from "./product.ts"
import { plainSession } from "./state.ts"

/** Every combination of the attributes that Check reads, for every way to come to a session. */
export function checkStates(): Product {
  const all = combine({
    active: places(sessionClasses.active),
    expiry: places(sessionClasses.expiry),
    apis: places(sessionClasses.apis),
  })
  const mine = all.map((check) => ({ ...record({ certificate: "L enrolled" }), ...check }))
  return {
    name: "checks",
    policies: policies({
      lists: [list("off", "hard"), list("listed", "hard")],
      identities: kinds("keyless", "authToken", "dynamic", "jwt"),
      boundList: [0],
    }),
    connections: [...withoutPeer, peer("inside"), peer("inside", [], "disagrees")],
    credentials: [
      ...mine.flatMap((session) => [
        credentials({ authToken: token(session), holder: "enrolled", same: true }),
        credentials({ jwt: token(session, "L"), holder: "enrolled" }),
        credentials({ holder: "enrolled", another: session }),
      ]),
      ...mine.flatMap((session) =>
        mine.flatMap((another) => [
          credentials({
            authToken: token({ ...session, bindings: plainSession.bindings }),
            holder: "enrolled",
            another,
          }),
          credentials({
            authToken: token({ ...session, bindings: record({ bindings: "L" }).bindings }),
            holder: "enrolled",
            another,
          }),
        ]),
      ),
    ],
  }
}
