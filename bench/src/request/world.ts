import { createGuard, type Guard } from "@countersign/guard"
import { type Authority, createAuthority, type Issued } from "@countersign/pki"
import { generationOf, knownSession, orgId } from "../guard/world.ts"

export const target = "/orders/42"
export const token = `${orgId}5d41402abc4b2a76b9719d911017c592`

export interface Identities {
  readonly authority: Authority
  readonly server: Issued
  /** Ten, all of them in the allow list. */
  readonly clients: readonly Issued[]
}

export async function createIdentities(): Promise<Identities> {
  const authority = await createAuthority({ name: "bench authority" })
  const san = ["localhost", { ip: "127.0.0.1" }]
  const server = await authority.issue({ name: "localhost", usage: "server", san })
  const clients = await Promise.all(
    Array.from({ length: 10 }, (_, i) => authority.issue({ name: `client ${i}` })),
  )
  return { authority, server, clients }
}

/**
 * An allow list of ten, and a token in memory that is bound to one of them, under two guards: an adapter
 * does not ask the guard again that has just decided about a request.
 */
export function guardsFor({ clients }: Identities): readonly [Guard, Guard] {
  const listed = clients.map(({ sha256 }) => sha256)
  const staticMtls = { leaves: listed, anchors: [] }
  const identity = { _tag: "authToken", certificate: false } as const
  const generation = generationOf({
    apis: [
      { apiId: "orders", staticMtls, identity },
      { apiId: "stock", staticMtls, identity: { _tag: "keyless" } },
    ],
    sessions: [knownSession(token, { apis: ["orders"], bindings: listed.slice(0, 1) })],
    enrolled: listed,
  })
  // What a connection remembers of its token is by policies: each guard would undo what the other left.
  return [createGuard(generation), createGuard(generation)]
}
