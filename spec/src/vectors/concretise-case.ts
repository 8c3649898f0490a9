import { createHash } from "node:crypto"
import {
  type Connection,
  type Fingerprint,
  fingerprint,
  type Holder,
  type Peer,
  type PolicyInput,
  type Request,
  type Session,
  session,
  type Token,
  type TrustPath,
} from "@countersign/engine"
import type {
  CaseHolder,
  CasePath,
  CasePeer,
  CasePolicy,
  CaseRequest,
  CaseSession,
  CaseToken,
  CertificateName,
  Instant,
} from "./decision-case.ts"

/** The policy of a case as the engine's input; empty alternatives do not compile. */
export function policyInputOf({ staticMtls, ...others }: CasePolicy): PolicyInput {
  if (staticMtls === "off") return { ...others, staticMtls }
  const { leaves, anchors } = staticMtls
  return { ...others, staticMtls: { leaves: leaves.map(hexOf), anchors: anchors.map(hexOf) } }
}

/** The request of a case as the engine reads it. */
export function requestOf(request: CaseRequest): Request {
  const { now, hostAgrees, connection, credentials, holder } = request
  const { authToken, jwt } = credentials
  return {
    now: Date.parse(now),
    hostAgrees,
    connection: connectionOf(connection),
    credentials: {
      authToken: authToken === "none" ? "none" : tokenOf(authToken),
      jwt: typeof jwt === "string" ? jwt : tokenOf(jwt),
    },
    ...(holder !== "none" && { holder: holderOf(holder) }),
  }
}

/** The fingerprint that a certificate's name stands for, as 64 lower-case hexadecimal digits. */
export function hexOf(name: CertificateName): string {
  if (/^[0-9a-f]{64}$/.test(name)) return name
  return createHash("sha256").update(name, "utf8").digest("hex")
}

const remembered = new Map<CertificateName, Fingerprint>()
const MOST_REMEMBERED = 1000

function fingerprintOf(name: CertificateName): Fingerprint {
  const known = remembered.get(name)
  if (known !== undefined) return known
  const made = fingerprint(hexOf(name))
  if (remembered.size < MOST_REMEMBERED) remembered.set(name, made)
  return made
}

function connectionOf(connection: CaseRequest["connection"]): Connection {
  if (connection === "plain") return { _tag: "plain" }
  const { peer } = connection
  return { _tag: "tls", peer: peer === "none" ? "none" : peerOf(peer) }
}

function peerOf({ leaf, validity, revoked, paths }: CasePeer): Peer {
  return {
    leaf: {
      sha256: fingerprintOf(leaf),
      ...(validity !== "none" && { validity: intervalOf(validity) }),
    },
    revoked,
    paths: paths.map(pathOf),
  }
}

function intervalOf([notBefore, notAfter]: readonly [Instant, Instant]) {
  return { notBefore: Date.parse(notBefore), notAfter: Date.parse(notAfter) }
}

function pathOf({ anchor, validity, revocation, freshUntil }: CasePath): TrustPath {
  return {
    anchor: fingerprintOf(anchor),
    ...intervalOf(validity),
    revocation: { status: revocation, freshUntil: Date.parse(freshUntil) },
  }
}

function tokenOf({ session, confirmation }: CaseToken): Token {
  return {
    ...(session !== "none" && { session: sessionOf(session) }),
    confirmation:
      confirmation === "none" || confirmation === "malformed"
        ? confirmation
        : fingerprintOf(confirmation),
  }
}

function holderOf({ leaf, orgId, enrolled, session }: CaseHolder): Holder {
  return {
    leaf: fingerprintOf(leaf),
    orgId,
    enrolled,
    ...(session !== "none" && { session: sessionOf(session) }),
  }
}

function sessionOf({ certificate, bindings, expiresAt, ...others }: CaseSession): Session {
  return session({
    ...others,
    expiresAt: expiresAt === "never" ? "never" : Date.parse(expiresAt),
    certificate:
      certificate === "none"
        ? "none"
        : { sha256: hexOf(certificate.name), enrolled: certificate.enrolled },
    bindings: bindings === "none" ? "none" : bindings.map(hexOf),
  })
}
