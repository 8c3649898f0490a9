import { evidences, fits } from "../permissive/index.ts"
import {
  credentials,
  kinds,
  list,
  path,
  peer,
  policies,
  record,
  revokedPeer,
  token,
  unknownToken,
  withoutPeer,
} from "../states/parts.ts"
import { type Product, sizeOf } from "../states/product.ts"
import { productNamed, productNames } from "../states/products.ts"
import type { Class, CredentialState } from "../states/state.ts"

/** A product of states, every one with the same evidence beside it. */
export interface Shown {
  readonly product: Product
  readonly evidence: Class
}

/** The products that are counted; `evidence` is every class of what the engine never sees. */
export const shownNames: readonly string[] = [...productNames, "evidence"]

export function shownNamed(name: string): readonly Shown[] {
  if (name === "evidence") return evidences.flatMap((_, evidence) => withEvidence(evidence))
  const known = productNames.find((one) => one === name)
  if (known === undefined) throw new RangeError(`no product is called ${name}`)
  return [{ product: productNamed(known), evidence: 0 }]
}

export function sizeOfAll(shown: readonly Shown[]): number {
  return shown.reduce((sum, { product }) => sum + sizeOf(product), 0)
}

const chained = path("ours", "inside", "good")

const connections = [
  ...withoutPeer,
  peer("inside"),
  peer("inside", [chained]),
  peer("inside", [path("foreign", "inside", "good")]),
  peer("before", [chained]),
  peer("after"),
  peer("after", [chained]),
  revokedPeer("inside"),
  revokedPeer("inside", [chained]),
  peer("inside", [], "disagrees"),
  peer("inside", [chained], "disagrees"),
]

/** The connections that can come with this evidence, under every list and mechanism. */
function withEvidence(evidence: Class): Shown[] {
  if (evidence === 0) return []
  const product: Product = {
    name: "evidence",
    policies: policies({
      lists: (["off", "empty", "unlisted", "listed"] as const).map((what) => list(what, "hard")),
      identities: kinds("keyless", "authToken", "dynamic", "jwt"),
      tokenAuth: [0],
      boundList: [0],
    }),
    connections: connections.filter((connection) => fits(evidence, connection)),
    credentials: evidenceCredentials(),
  }
  return [{ product, evidence }]
}

/** Sessions tied to L, to the other certificate or to none, beside what the stores know of either. */
function evidenceCredentials(): CredentialState[] {
  const sessions = [
    record(),
    record({ bindings: "L" }),
    record({ bindings: "other" }),
    record({ certificate: "L enrolled" }),
    record({ certificate: "other enrolled" }),
    record({ certificate: "other enrolled", bindings: "other" }),
    record({ certificate: "other enrolled", secret: "no" }),
    record({ certificate: "other enrolled", active: "no" }),
  ]
  const holders = ["absent", "enrolled", "unenrolled", "other leaf"] as const
  return [
    ...holders.map((holder) => credentials({ holder })),
    credentials({ authToken: unknownToken() }),
    ...sessions.flatMap((session) => [
      ...holders.map((holder) => credentials({ authToken: token(session), holder })),
      ...holders.slice(1).map((holder) => credentials({ holder, another: session })),
      ...holders
        .slice(1)
        .map((holder) => credentials({ authToken: token(session), holder, same: true })),
      ...(["none", "L", "other"] as const).flatMap((confirmation) =>
        holders.map((holder) => credentials({ jwt: token(session, confirmation), holder })),
      ),
    ]),
  ]
}
