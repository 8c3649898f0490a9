import type { Identified } from "@countersign/engine"
import fc from "fast-check"
import type { CasePeer, DecisionCase } from "../../vectors/decision-case.ts"
import { decisions, type Presented } from "../arbitrary/cases.ts"
import { changed } from "../arbitrary/pairs.ts"
import { authorities, dynamic, flags, keyless, lists, token } from "../arbitrary/policies.ts"
import { instant, interval, mostly, NOW } from "../arbitrary/values.ts"
import { withPeer } from "../change.ts"
import {
  contains,
  enrolledLeaf,
  isBound,
  isListed,
  pathsToList,
  peerHere,
  peerOf,
  recordOf,
  secondOf,
} from "../facts.ts"
import type { Law } from "../law.ts"
import { neverAllowed, sameAnswer, whereAllowed } from "../make-law.ts"

const listed = decisions({ staticMtls: lists })

/** With the unsafe flag of the first snapshot of seed S4: the session of the token that is allowed binds the leaf. */
function passesByBinding(one: DecisionCase, { session, sessionBy }: Identified): boolean {
  const { flags, identity } = one.policy
  if (!flags.boundCertificateSatisfiesAllowList || !flags.certificateTokenBinding) return false
  const leaf = enrolledLeaf(one)
  const record = recordOf(one, sessionBy === "token" ? session : undefined)
  if (identity._tag !== "authToken" || leaf === undefined || record === undefined) return false
  return isBound(record, leaf)
}

/** Nothing but the flag could admit these. */
const passing = decisions({
  staticMtls: fc.constant({ leaves: [], anchors: [] }),
  identity: fc.constantFrom(token, dynamic),
  flags: flags.map((some) => ({ ...some, boundCertificateSatisfiesAllowList: true })),
  authToken: fc.constantFrom<Presented[]>(0, 0, "none"),
})

const admitted = whereAllowed(
  {
    id: "a-static-allow-means-listed-pathed-or-bound",
    sentence:
      "where an allow list is asked for, an Allow means that the leaf is listed, has a path to an authority of the list, or, with the flag, is bound by the session that is allowed",
    sources: [
      "design:A4",
      "design:A5",
      "design:A6",
      "design:stricter/full-path",
      "design:stricter/no-tls-no-certificate",
      "advisory:chain-not-verified",
      "advisory:identity-from-unproven-name",
    ],
    onlyCatches: "none",
  },
  {
    cases: fc.oneof(listed, passing),
    broken: ({ identity }, one) => {
      const peer = peerHere(one)
      if (peer === undefined) return "no certificate was presented here"
      if (isListed(one, peer.leaf) || pathsToList(one).length > 0) return undefined
      return passesByBinding(one, identity)
        ? undefined
        : "the leaf is neither listed, nor pathed, nor bound by who is allowed"
    },
  },
)

const empty = neverAllowed(
  {
    id: "an-empty-list-admits-nobody",
    sentence:
      "an allow list without entries admits nobody, but for the flag that lets bindings pass",
    sources: ["design:A8", "advisory:no-anchors-any-certificate", "advisory:empty-rule-allows"],
    onlyCatches: "none",
  },
  {
    cases: decisions({ staticMtls: fc.constant({ leaves: [], anchors: [] }) }),
    concerns: ({ policy: { flags } }) => !flags.boundCertificateSatisfiesAllowList,
  },
)

function revokedItself(peer: CasePeer): CasePeer {
  return { ...peer, revoked: true }
}

/** Only a path to an authority that is not listed says so. */
function revokedAbove(peer: CasePeer): CasePeer {
  const [validity, freshUntil] = [interval(-1000, 1000), instant(NOW + 1000)]
  const path = { anchor: "foreign root", validity, revocation: "revoked", freshUntil } as const
  return { ...peer, paths: [...peer.paths, path] }
}

const revoked = neverAllowed(
  {
    id: "a-revoked-certificate-passes-no-list",
    sentence:
      "a certificate that a revocation list has passes no allow list, listed or not, by whatever path",
    sources: ["design:revocation", "advisory:revocation-not-consulted"],
    onlyCatches: "listed-is-never-revoked",
  },
  {
    cases: fc
      .tuple(
        decisions({ staticMtls: lists, revocation: fc.constantFrom("soft", "hard") }),
        fc.boolean(),
      )
      .map(([one, isByPath]) => withPeer(one, isByPath ? revokedAbove : revokedItself)),
    concerns: (one) => peerHere(one) !== undefined,
  },
)

const known = whereAllowed(
  {
    id: "what-must-be-known-is-known",
    sentence:
      "under `hard`, an Allow by a path has a path in its time whose good status is known and fresh",
    sources: ["design:A7", "RFC 5280 §5.1.2.5", "advisory:revocation-unknown-passes"],
    onlyCatches: "unknown-is-good",
  },
  {
    cases: decisions({
      staticMtls: authorities,
      identity: mostly(keyless, token),
      revocation: fc.constant("hard"),
    }),
    concerns: ({ identity }) => identity.leafBy === "trust_path",
    broken: (_, one) => {
      const now = secondOf(one)
      const isKnown = pathsToList(one).some(
        ({ validity, revocation, freshUntil }) =>
          contains(validity, now) && revocation === "good" && now <= Date.parse(freshUntil),
      )
      return isKnown ? undefined : "no path is known to be good"
    },
  },
)

/** Of certificates after the leaf a decision sees nothing but the paths that they complete. */
const strangers = sameAnswer(
  {
    id: "what-is-above-the-leaf-never-matches",
    sentence:
      "paths that end at no authority of the list change nothing, also where their end is listed as a leaf",
    sources: ["design:stricter/only-the-leaf-speaks", "advisory:any-presented-certificate"],
    onlyCatches: "none",
  },
  {
    pairs: changed(listed, (one) => {
      const { staticMtls } = one.policy
      const anchors = staticMtls === "off" ? [] : staticMtls.anchors
      return withPeer(one, (peer) => ({
        ...peer,
        paths: peer.paths.filter(({ anchor }) => anchors.includes(anchor)),
      }))
    }),
    concerns: (_, [one]) => peerOf(one) !== undefined,
  },
)

export const admission: readonly Law[] = [admitted, empty, revoked, known, strangers]
