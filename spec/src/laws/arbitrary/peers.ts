import fc from "fast-check"
import type {
  CasePath,
  CasePeer,
  CaseRequest,
  CertificateName,
} from "../../vectors/decision-case.ts"
import { ends, intervals, mostly, towardsFirst } from "./values.ts"

export const leaves: fc.Arbitrary<CertificateName> = mostly("alice", "bob")

export const paths: fc.Arbitrary<CasePath> = fc.record({
  anchor: mostly("root", "second root", "foreign root", "alice"),
  validity: intervals,
  revocation: mostly<CasePath["revocation"]>("good", "unknown", "revoked"),
  freshUntil: ends,
})

/** What a path says of the leaf the peer says too, as both come from one revocation list. */
export const peers: fc.Arbitrary<CasePeer> = fc
  .record({
    leaf: leaves,
    validity: fc.oneof(
      towardsFirst,
      { weight: 20, arbitrary: intervals },
      { weight: 1, arbitrary: fc.constant("none" as const) },
    ),
    revoked: mostly(false, true),
    paths: fc.array(paths, { maxLength: 2, size: "max" }),
  })
  .map(knownRevoked)

/** A peer that says of itself what one of its paths says. */
export function knownRevoked(peer: CasePeer): CasePeer {
  const revoked = peer.revoked || peer.paths.some(({ revocation }) => revocation === "revoked")
  return { ...peer, revoked }
}

export const overTls: fc.Arbitrary<CaseRequest["connection"]> = fc.record({ peer: peers })

export const connections: fc.Arbitrary<CaseRequest["connection"]> = fc.oneof(
  towardsFirst,
  { weight: 20, arbitrary: overTls },
  { weight: 1, arbitrary: fc.constant({ peer: "none" as const }) },
  { weight: 1, arbitrary: fc.constant("plain" as const) },
)
