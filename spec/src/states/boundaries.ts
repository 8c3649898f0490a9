import { places } from "./combine.ts"
import { connectionClasses, pathClasses, sessionClasses } from "./dimensions.ts"
import { credentials, kinds, list, peer, policies, record, token } from "./parts.ts"
import type { Product } from "./product.ts"
import type { PathState, SessionState } from "./state.ts"

/** Every instant that a request names, to the second either side, with milliseconds added to now. */
export function boundaryStates(): Product {
  const inside = pathClasses.time.indexOf("inside")
  const good = pathClasses.status.indexOf("good")
  const ours = pathClasses.anchor.indexOf("ours")
  const pathLists: (readonly PathState[])[] = [
    [],
    ...places(pathClasses.time).map((time) => [{ anchor: ours, time, status: good }]),
    ...places(pathClasses.status)
      .filter((status) => status !== good)
      .map((status) => [{ anchor: ours, time: inside, status }]),
  ]
  const expiring: readonly SessionState[] = places(sessionClasses.expiry).map((expiry) => ({
    ...record({ certificate: "L enrolled" }),
    expiry,
  }))
  const bound = record({ bindings: "L" }).bindings
  return {
    name: "boundaries",
    policies: policies({
      lists: [
        list("off", "hard"),
        ...(["off", "soft", "hard"] as const).flatMap((mode) => [
          list("unlisted", mode),
          list("listed", mode),
        ]),
      ],
      identities: kinds("keyless", "authToken", "dynamic", "jwt"),
      tokenAuth: [0],
      binding: [0],
    }),
    connections: places(connectionClasses.millis).flatMap((millis) =>
      connectionClasses.validity.flatMap((when) =>
        pathLists.map((paths) => peer(when, paths, "agrees", millis)),
      ),
    ),
    credentials: [
      credentials({}),
      ...expiring.flatMap((session) => [
        credentials({ authToken: token(session), holder: "enrolled", same: true }),
        credentials({ authToken: token({ ...session, bindings: bound }), holder: "enrolled" }),
        credentials({
          authToken: token({ ...session, secret: 1 }),
          holder: "enrolled",
          same: true,
        }),
        credentials({ holder: "enrolled", another: session }),
        credentials({ jwt: token(session) }),
        credentials({ jwt: token(session, "L"), holder: "enrolled" }),
      ]),
    ],
  }
}
