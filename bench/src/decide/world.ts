import { createHash } from "node:crypto"
import {
  type Connection,
  type Credentials,
  type Fingerprint,
  fingerprint,
  type Holder,
  type Interval,
  type Peer,
  type Policy,
  type PolicyInput,
  policy,
  type Request,
  type Session,
  type SessionInput,
  session,
  type Token,
} from "@countersign/engine"

export const now: number = Date.UTC(2030, 0, 1)
export const orgId = "5e9d9544a1dcd60001d0ed20"
export const apiId = "orders"

export const validity: Interval = {
  notBefore: Date.UTC(2029, 0, 1),
  notAfter: Date.UTC(2031, 0, 1),
}

/** The SHA-256 of a named certificate, in hexadecimal; a new string on every call. */
export function digest(name: string | number): string {
  return createHash("sha256").update(`certificate ${name}`).digest("hex")
}

export function policyOf(rest: Partial<PolicyInput>): Policy {
  return policy({ apiId, orgId, staticMtls: "off", identity: { _tag: "keyless" }, ...rest })
}

/** Active, in time, with rights to three APIs. */
export function sessionOf(name: string | number, rest: Partial<SessionInput> = {}): Session {
  return session({
    id: digest(`session ${name}`),
    orgId,
    active: true,
    expiresAt: Date.UTC(2030, 6, 1),
    apis: ["invoices", apiId, "stock"],
    certificate: "none",
    bindings: "none",
    secret: true,
    ...rest,
  })
}

export interface Given {
  readonly leaf: string
  readonly validity?: Interval
  readonly tls?: boolean
  readonly hostAgrees?: boolean
  readonly authToken?: Session
  readonly jwt?: { readonly session: Session; readonly confirmation: string }
  readonly holder?: { readonly session?: Session; readonly enrolled?: boolean }
}

/**
 * A request over TLS unless said otherwise, its members always in the same order, as the guard makes
 * them. Equal fingerprints are equal by value and never the same object, as in a server.
 */
export function requestOf(given: Given): Request {
  const { authToken, jwt, holder, tls = true, hostAgrees = true } = given
  const sha256 = fingerprint(given.leaf)
  const connection: Connection = tls ? { _tag: "tls", peer: peerOf(sha256, given) } : plain
  const credentials: Credentials = {
    authToken: authToken === undefined ? "none" : { session: authToken, confirmation: "none" },
    jwt: jwt === undefined ? "none" : confirmed(jwt.session, jwt.confirmation),
  }
  if (holder === undefined) return { now, hostAgrees, connection, credentials }
  return { now, hostAgrees, connection, credentials, holder: holderOf(sha256, holder) }
}

const plain: Connection = { _tag: "plain" }

function peerOf(sha256: Fingerprint, { validity: given = validity }: Given): Peer {
  const { notBefore, notAfter } = given
  return { leaf: { sha256, validity: { notBefore, notAfter } }, revoked: false, paths: [] }
}

function confirmed(session: Session, sha256: string): Token {
  return { session, confirmation: fingerprint(sha256) }
}

function holderOf(
  leaf: Fingerprint,
  { session, enrolled = true }: NonNullable<Given["holder"]>,
): Holder {
  return session === undefined ? { leaf, orgId, enrolled } : { leaf, orgId, enrolled, session }
}
