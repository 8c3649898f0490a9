import type { AdvisoryClass } from "../../advisory-classes.ts"
import { path } from "../../states/parts.ts"
import type { EvidenceName } from "../evidence.ts"
import {
  type Misreading,
  type Reading,
  takesConnection,
  takesHolder,
  takesPaths,
  takesPolicy,
  takesSession,
  takesToken,
} from "../misreading.ts"

/** Whatever names the other certificate names L. */
const otherForL: readonly (readonly [string, Reading])[] = [
  ["the allow list", takesPolicy({ staticMtls: "unlisted" }, { staticMtls: "listed" })],
  ["its validity", takesConnection({ transport: "peer" }, { validity: "inside", revoked: "no" })],
  ["bindings", takesSession({ bindings: "other" }, { bindings: "other and L" })],
  ["confirmations", takesToken({ confirmation: "other" }, { confirmation: "L" })],
  [
    "the session's certificate",
    takesSession({ certificate: "other enrolled" }, { certificate: "L enrolled" }),
  ],
  ["the certificate store", takesHolder({ holder: "other leaf" }, { holder: "enrolled" })],
]

function instead(of: AdvisoryClass, evidence: EvidenceName, rule: string): Misreading[] {
  return otherForL.map(([what, takes]) => ({
    class: of,
    rule: `${rule}: ${what}`,
    where: { evidence },
    takes,
  }))
}

function shows(
  of: AdvisoryClass,
  evidence: EvidenceName,
  rule: string,
  takes: Reading,
): Misreading {
  return { class: of, rule, where: { evidence }, takes }
}

const aPath = takesPaths([path("ours", "inside", "good")])
const noPath = takesPaths([])

/** What a client shows that the engine never sees. */
export const evidenceRows: readonly Misreading[] = [
  ...instead(
    "any-presented-certificate",
    "the other certificate, sent after L",
    "a certificate further down the chain answers for the leaf",
  ),
  shows(
    "any-presented-certificate",
    "an authority's certificate, sent after L",
    "an authority's own certificate counts as one that it signed",
    aPath,
  ),
  shows(
    "any-presented-certificate",
    "an authority's certificate, sent after L",
    "the leaf's own validity and revocation are not asked then",
    takesConnection({ transport: "peer" }, { validity: "inside", revoked: "no" }),
  ),
  shows(
    "any-presented-certificate",
    "L without proof of its key",
    "a certificate counts though the client did not prove its key",
    takesConnection({ transport: "bare" }, { transport: "peer" }),
  ),
  shows(
    "forged-header",
    "a header that carries the other certificate",
    "a certificate in a header counts as one of the connection",
    takesConnection({ transport: ["plain", "bare"] }, { transport: "peer" }),
  ),
  ...instead(
    "forged-header",
    "a header that carries the other certificate",
    "the header's certificate answers for the leaf",
  ),
  ...instead(
    "identity-from-unproven-name",
    "the other certificate's name, in L",
    "whoever bears the name is taken for its owner",
  ),
  ...instead(
    "comparison-by-text",
    "a text in L that reads like the other's",
    "what reads alike counts as equal",
  ),
  shows(
    "purpose-ignored",
    "a chain for servers alone",
    "a certificate for servers counts as a client's",
    aPath,
  ),
  shows(
    "purpose-ignored",
    "a chain for clients alone",
    "the purpose that is asked is the one of servers",
    noPath,
  ),
  shows(
    "chain-not-verified",
    "a chain through an issuer that is no authority",
    "whether an issuer may issue is not asked",
    aPath,
  ),
  shows(
    "chain-not-verified",
    "a chain whose signatures fail",
    "signatures on a chain are not verified",
    aPath,
  ),
  shows(
    "chain-not-verified",
    "a chain through an intermediate",
    "the anchor must have signed the leaf itself: no path is built",
    noPath,
  ),
  shows(
    "resumption-across-policies",
    "a session resumed from a handshake that admitted L",
    "the list of that handshake counts, not today's",
    takesPolicy({ staticMtls: ["empty", "unlisted"] }, { staticMtls: "listed" }),
  ),
  shows(
    "resumption-across-policies",
    "a session resumed from a handshake that admitted L",
    "the host, the time and the revocation of that handshake count",
    takesConnection({ transport: "peer" }, { host: "agrees", validity: "inside", revoked: "no" }),
  ),
]
