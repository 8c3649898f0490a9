import { FingerprintSet, type Policy, type PolicyInput, type TrustPath } from "@countersign/engine"
import { type BrokenSubject, broken, onFlags, onPeer, peerOf } from "./broken-subject.ts"

type List = Exclude<PolicyInput["staticMtls"], "off">

function onList(input: PolicyInput, change: (list: List) => List | "off"): PolicyInput {
  return input.staticMtls === "off" ? input : { ...input, staticMtls: change(input.staticMtls) }
}

function withAnchors(compiled: Policy, paths: readonly TrustPath[]): Policy {
  const { staticMtls } = compiled
  if (staticMtls === "off") return compiled
  const anchors = new FingerprintSet(paths.map(({ anchor }) => anchor))
  return { ...compiled, staticMtls: { ...staticMtls, anchors } }
}

const always = { notBefore: 0, notAfter: Number.MAX_SAFE_INTEGER }

export const admissionFaults: readonly BrokenSubject[] = [
  broken(
    "long-list-is-empty",
    "a-shorter-list-never-opens",
    "a list with two different leaves admits none of them",
    {
      input: (input) =>
        onList(input, (list) => (new Set(list.leaves).size > 1 ? { ...list, leaves: [] } : list)),
    },
  ),
  broken(
    "listed-twice-is-not-listed",
    "order-and-duplicates-never-matter",
    "a leaf that stands twice in the list is not admitted",
    {
      input: (input) =>
        onList(input, ({ leaves, anchors }) => ({
          leaves: leaves.filter(
            (one, i) => !leaves.includes(one, i + 1) && leaves.indexOf(one) === i,
          ),
          anchors,
        })),
    },
  ),
  broken(
    "admitted-is-identified",
    "an-allow-list-never-opens",
    "who passes the allow list is asked for nothing else",
    {
      policy: (compiled) =>
        compiled.staticMtls === "off" ? compiled : { ...compiled, identity: { _tag: "keyless" } },
    },
  ),
  broken(
    "foreign-path-spoils",
    "fewer-paths-never-open",
    "a path to an authority that is not listed spoils the others",
    {
      request: (request, { staticMtls }) =>
        onPeer(request, (peer) => {
          const isForeign = ({ anchor }: TrustPath): boolean =>
            staticMtls !== "off" && !staticMtls.anchors.has(anchor)
          return peer.paths.some(isForeign) ? { ...peer, paths: [] } : peer
        }),
    },
  ),
  broken(
    "no-tls-no-list",
    "presenting-nothing-never-opens",
    "without TLS the allow list is not asked",
    {
      policy: (compiled, { connection }) =>
        connection._tag === "plain" ? { ...compiled, staticMtls: "off" } : compiled,
    },
  ),
  broken(
    "hard-is-off",
    "stricter-revocation-never-opens",
    "the strictest mode of revocation is not known, and off",
    {
      policy: (compiled) =>
        compiled.revocation === "hard" ? { ...compiled, revocation: "off" } : compiled,
    },
  ),
  broken("last-path-alone", "fewer-paths-never-open", "of several paths the last is asked", {
    request: (request) => onPeer(request, (peer) => ({ ...peer, paths: peer.paths.slice(-1) })),
  }),
  broken("path-without-time", "a-path-counts-in-its-time", "a path counts at any time", {
    request: (request) =>
      onPeer(request, (peer) => ({
        ...peer,
        paths: peer.paths.map((path) => ({ ...path, ...always })),
      })),
  }),
  broken(
    "any-authority",
    "a-static-allow-means-listed-pathed-or-bound",
    "every authority counts as one of the list",
    {
      policy: (compiled, request) => withAnchors(compiled, peerOf(request)?.paths ?? []),
    },
  ),
  broken(
    "empty-list-is-no-list",
    "an-empty-list-admits-nobody",
    "a list without entries is not asked",
    {
      input: (input) =>
        onList(input, (list) => (list.leaves.length + list.anchors.length === 0 ? "off" : list)),
    },
  ),
  broken(
    "listed-is-never-revoked",
    "a-revoked-certificate-passes-no-list",
    "a leaf that is listed is not asked for revocation",
    {
      policy: (compiled, request) => {
        const { staticMtls } = compiled
        const leaf = peerOf(request)?.leaf.sha256
        const isListed = staticMtls !== "off" && leaf !== undefined && staticMtls.leaves.has(leaf)
        return isListed ? { ...compiled, revocation: "off" } : compiled
      },
    },
  ),
  broken(
    "unknown-is-good",
    "what-must-be-known-is-known",
    "a status that nobody knows is good under every mode",
    {
      policy: (compiled) =>
        compiled.revocation === "hard" ? { ...compiled, revocation: "soft" } : compiled,
    },
  ),
  broken(
    "decoy",
    "what-is-above-the-leaf-never-matches",
    "a certificate above the leaf is matched with the list of leaves",
    {
      policy: (compiled, request) => {
        const { staticMtls } = compiled
        const peer = peerOf(request)
        if (staticMtls === "off" || peer === undefined) return compiled
        const isDecoy = peer.paths.some(({ anchor }) => staticMtls.leaves.has(anchor))
        const leaves = isDecoy ? new FingerprintSet([peer.leaf.sha256]) : staticMtls.leaves
        return { ...compiled, staticMtls: { ...staticMtls, leaves } }
      },
    },
  ),
  broken(
    "flag-is-inverted",
    "a-static-allow-means-listed-pathed-or-bound",
    "the flag that lets a bound certificate pass the list is read inverted",
    {
      policy: (compiled) =>
        onFlags(compiled, {
          boundCertificateSatisfiesAllowList: !compiled.flags.boundCertificateSatisfiesAllowList,
        }),
    },
  ),
]
