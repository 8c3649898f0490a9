import fc from "fast-check"
import type { CaseSession, DecisionCase } from "../../vectors/decision-case.ts"
import { decisions } from "../arbitrary/cases.ts"
import { changed, picked, without } from "../arbitrary/pairs.ts"
import { flags, identified, lists } from "../arbitrary/policies.ts"
import { instant, NOW } from "../arbitrary/values.ts"
import { withHolder, withPeer, withPolicy, withRecords, withRequest } from "../change.ts"
import type { Law } from "../law.ts"
import { neverOpens } from "../make-law.ts"

/** Removing a fact in favour never turns a denial into an Allow. */

/** Read the other way round: another entry never turns an Allow into a denial. */
const shorterList = neverOpens(
  {
    id: "a-shorter-list-never-opens",
    sentence:
      "removing an entry of the allow list never turns a denial into an Allow, so adding one never turns an Allow into a denial",
    sources: ["design:A4", "design:A5", "advisory:no-anchors-any-certificate"],
    onlyCatches: "long-list-is-empty",
  },
  changed(decisions({ staticMtls: lists }), (one, choice) => {
    const { staticMtls } = one.policy
    if (staticMtls === "off") return one
    const { leaves, anchors } = staticMtls
    const at = choice % Math.max(leaves.length + anchors.length, 1)
    const isLeaf = at < leaves.length
    return withPolicy(one, {
      staticMtls: {
        leaves: isLeaf ? without(leaves, at) : leaves,
        anchors: isLeaf ? anchors : without(anchors, at - leaves.length),
      },
    })
  }),
)

const allowList = neverOpens(
  {
    id: "an-allow-list-never-opens",
    sentence: "asking for an allow list never allows what is denied without one",
    sources: ["design:admit", "advisory:required-acted-as-optional"],
    onlyCatches: "none",
  },
  fc
    .tuple(decisions({ staticMtls: fc.constant("off") }), lists)
    .map(([one, staticMtls]) => [one, withPolicy(one, { staticMtls })]),
)

/**
 * That a list revokes the leaf stands beside the paths (`revoked`), so that a path which says so is a
 * fact in favour like any other.
 */
const fewerPaths = neverOpens(
  {
    id: "fewer-paths-never-open",
    sentence: "a certificate with fewer paths to authorities is allowed no more",
    sources: ["design:A5", "design:stricter/full-path", "advisory:chain-not-verified"],
    onlyCatches: "none",
  },
  changed(decisions({ staticMtls: lists }), (one, choice) =>
    withPeer(one, (peer) => ({ ...peer, paths: without(peer.paths, choice) })),
  ),
)

const notEnrolled = neverOpens(
  {
    id: "removal-from-the-store-never-opens",
    sentence: "taking a certificate out of the store never turns a denial into an Allow",
    sources: ["design:D3", "design:D2", "advisory:certificate-not-enrolled"],
    onlyCatches: "none",
  },
  changed(decisions({ identity: identified }), (one, choice) => {
    const removals: readonly ((one: DecisionCase) => DecisionCase)[] = [
      (from) => withHolder(from, (holder) => ({ ...holder, enrolled: false })),
      (from) => withRequest(from, { holder: "none" }),
      (from) => withRecords(from, unenrolled),
    ]
    return picked(removals, choice)?.(one) ?? one
  }),
)

function unenrolled(record: CaseSession): CaseSession {
  const { certificate } = record
  if (certificate === "none") return record
  return { ...record, certificate: { ...certificate, enrolled: false } }
}

const losses: readonly ((record: CaseSession) => CaseSession | "none")[] = [
  () => "none",
  (record) => ({ ...record, active: false }),
  (record) => ({ ...record, expiresAt: instant(NOW - 2000) }),
  (record) => ({ ...record, apis: record.apis === "all" ? ["invoices"] : [] }),
  (record) => ({ ...record, orgId: "initech" }),
]

const fewerRights = neverOpens(
  {
    id: "a-lesser-session-never-opens",
    sentence:
      "removing a session, its right, its time or its activity never turns a denial into an Allow",
    sources: ["design:check"],
    onlyCatches: "none",
  },
  changed(decisions({ identity: identified }), (one, choice) => {
    const loss = picked(losses, choice)
    const id = choice % 2 === 0 ? "s1" : "s2"
    return loss === undefined
      ? one
      : withRecords(one, (record) => (record.id === id ? loss(record) : record))
  }),
)

const fewerBindings = neverOpens(
  {
    id: "one-binding-less-never-opens",
    sentence:
      "removing one certificate of a session's bindings never turns a denial into an Allow, the last one included",
    sources: ["design:bind", "advisory:unreadable-binds-to-nothing"],
    onlyCatches: "none",
  },
  changed(decisions({ identity: identified }), (one, choice) =>
    withRecords(one, (record) =>
      record.bindings === "none"
        ? record
        : { ...record, bindings: without(record.bindings, choice) },
    ),
  ),
)

/** The unsafe flag is for clients without a certificate: with it, they are allowed what others are not. */
const withheld = neverOpens(
  {
    id: "presenting-nothing-never-opens",
    sentence:
      "a client without certificate, or without TLS, is allowed no more than the same client with one, unless the unsafe flag is on",
    sources: [
      "design:A1",
      "design:A3",
      "design:D2",
      "design:stricter/no-tls-no-certificate",
      "advisory:no-tls-skips-requirement",
      "advisory:required-acted-as-optional",
    ],
    onlyCatches: "none",
  },
  changed(
    decisions({
      flags: flags.map((some) => ({ ...some, allowDynamicMtlsTokenAuth: false })),
    }),
    (one, choice) =>
      withRequest(one, { connection: choice % 2 === 0 ? "plain" : { peer: "none" } }),
  ),
)

const otherHost = neverOpens(
  {
    id: "another-host-never-opens",
    sentence: "a request for another host than the server name's is allowed no more",
    sources: [
      "design:A2",
      "design:D1",
      "design:stricter/name-and-host-agree",
      "advisory:host-and-server-name",
    ],
    onlyCatches: "none",
  },
  changed(decisions({ hostAgrees: fc.constant(true) }), (one) =>
    withRequest(one, { hostAgrees: false }),
  ),
)

export const factsInFavour: readonly Law[] = [
  shorterList,
  allowList,
  fewerPaths,
  notEnrolled,
  fewerRights,
  fewerBindings,
  withheld,
  otherHost,
]
