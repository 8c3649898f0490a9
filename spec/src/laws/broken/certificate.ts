import { type Fingerprint, type Interval, type Leaf, sameFingerprint } from "@countersign/engine"
import {
  type BrokenSubject,
  broken,
  onFlags,
  onHolder,
  onPeer,
  onRecords,
  onTokens,
  peerOf,
} from "./broken-subject.ts"

const HALF_AN_HOUR = 1_800_000

function onValidity(leaf: Leaf, change: (validity: Interval) => Interval): Leaf {
  return leaf.validity === undefined ? leaf : { ...leaf, validity: change(leaf.validity) }
}

/** The leaf itself, for a fingerprint whose first seven words are its. */
function almost(one: Fingerprint, leaf: Fingerprint): Fingerprint {
  return leaf.words.slice(0, 7).every((word, i) => word === one.words[i]) ? leaf : one
}

export const certificateFaults: readonly BrokenSubject[] = [
  broken(
    "half-an-hour-early",
    "time-changes-a-verdict-only-at-named-instants",
    "a certificate ends half an hour before its time",
    {
      request: (request) =>
        onPeer(request, (peer) => ({
          ...peer,
          leaf: onValidity(peer.leaf, ({ notBefore, notAfter }) => ({
            notBefore,
            notAfter: notAfter - HALF_AN_HOUR,
          })),
        })),
    },
  ),
  broken(
    "never-too-new",
    "a-certificate-counts-in-its-time",
    "a certificate that is not valid yet is valid",
    {
      request: (request) =>
        onPeer(request, (peer) => ({
          ...peer,
          leaf: onValidity(peer.leaf, (validity) => ({ ...validity, notBefore: 0 })),
        })),
    },
  ),
  broken(
    "never-too-old",
    "a-session-entered-by-a-certificate-names-it",
    "an expired certificate is valid",
    {
      request: (request) =>
        onPeer(request, (peer) => ({
          ...peer,
          leaf: onValidity(peer.leaf, ({ notBefore }) => ({
            notBefore,
            notAfter: Number.MAX_SAFE_INTEGER,
          })),
        })),
    },
  ),
  broken(
    "any-host",
    "where-the-host-disagrees-no-certificate-is-read",
    "server name and host need not agree",
    {
      request: (request) => ({ ...request, hostAgrees: request.hostAgrees || true }),
    },
  ),
  broken(
    "other-host-is-unbound",
    "another-host-never-opens",
    "where the host disagrees, nothing is compared with bindings",
    {
      policy: (compiled, { hostAgrees }) =>
        hostAgrees ? compiled : onFlags(compiled, { certificateTokenBinding: false }),
      request: (request) =>
        request.hostAgrees
          ? request
          : onTokens(request, (token) => ({ ...token, confirmation: "none" })),
    },
  ),
  broken(
    "unknown-is-unbound",
    "removal-from-the-store-never-opens",
    "what the store does not have is not compared with bindings",
    {
      policy: (compiled, { holder }) =>
        holder?.enrolled === true
          ? compiled
          : onFlags(compiled, { certificateTokenBinding: false }),
    },
  ),
  broken(
    "removal-is-not-seen",
    "an-identity-rests-on-a-secret-or-a-proof",
    "a certificate counts after its removal from the store",
    {
      request: (request) => onHolder(request, (holder) => ({ ...holder, enrolled: true })),
    },
  ),
  broken(
    "holder-of-any-leaf",
    "what-stores-said-of-another-is-nothing",
    "what the stores said of one certificate is believed of another",
    {
      request: (request) => {
        const leaf = peerOf(request)?.leaf.sha256
        return leaf === undefined ? request : onHolder(request, (holder) => ({ ...holder, leaf }))
      },
    },
  ),
  broken(
    "holder-session-of-any",
    "a-certificate-session-that-names-another-is-none",
    "a certificate's session need not name it, nor be of here",
    {
      request: (request, { orgId }) =>
        onHolder(request, (holder) => {
          const { session } = holder
          const leaf = peerOf(request)?.leaf.sha256
          if (session === undefined || leaf === undefined) return holder
          const certificate = { sha256: leaf, enrolled: true }
          return { ...holder, session: { ...session, orgId, certificate } }
        }),
    },
  ),
  broken(
    "seven-words-of-eight",
    "fingerprints-that-differ-in-one-bit-are-two",
    "of fingerprints all but the last word is compared",
    {
      request: (request) => {
        const leaf = peerOf(request)?.leaf.sha256
        if (leaf === undefined) return request
        return onRecords(request, (record) => {
          const { bindings } = record
          if (bindings === "none") return record
          return { ...record, bindings: bindings.map((one) => almost(one, leaf)) }
        })
      },
    },
  ),
  broken(
    "names-whatever-was-presented",
    "a-verdict-names-only-what-a-rule-accepted",
    "an Allow names the leaf though no rule accepted it",
    {
      verdict: (verdict, request) => {
        const leaf = peerOf(request)?.leaf.sha256.hex
        if (verdict._tag === "Deny" || leaf === undefined) return verdict
        return { ...verdict, identity: { ...verdict.identity, leaf } }
      },
    },
  ),
  broken(
    "confirmation-is-not-read",
    "a-confirmation-equals-the-certificate",
    "a token's confirmation is not compared",
    {
      request: (request) => onTokens(request, (token) => ({ ...token, confirmation: "none" })),
    },
  ),
  broken(
    "confirmed-by-bindings",
    "a-confirmation-equals-the-certificate",
    "a confirmation may equal any certificate of the bindings",
    {
      request: (request) =>
        onTokens(request, (token) => {
          const { confirmation, session } = token
          if (typeof confirmation === "string" || session === undefined) return token
          const { bindings } = session
          if (bindings === "none") return token
          const leaf = peerOf(request)?.leaf.sha256
          const isBound = bindings.some((one) => sameFingerprint(one, confirmation))
          return isBound && leaf !== undefined ? { ...token, confirmation: leaf } : token
        }),
    },
  ),
]
