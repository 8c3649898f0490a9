/** Literals that must not compile: a fact that is missing or of the wrong kind. Compiled by `tsc -b`, never run. */
import type {
  Holder,
  Peer,
  PolicyInput,
  Request,
  SessionInput,
  Token,
  TrustPath,
} from "../src/index.ts"
import { leafOf, pathOf, policyInput, requestOf } from "./support/given.ts"

const { now, hostAgrees, connection, credentials } = requestOf()
// @ts-expect-error: no time
export const timeless: Request = { hostAgrees, connection, credentials }
// @ts-expect-error: nobody said whether the host agrees
export const hostless: Request = { now, connection, credentials }
// @ts-expect-error: no connection
export const unconnected: Request = { now, hostAgrees, credentials }
// @ts-expect-error: no credentials
export const uncredited: Request = { now, hostAgrees, connection }
// @ts-expect-error: a holder that is undefined is not a holder that is absent
export const held: Request = { now, hostAgrees, connection, credentials, holder: undefined }
// @ts-expect-error: TLS that does not say whether there is a peer
export const peerless: Request = { now, hostAgrees, connection: { _tag: "tls" }, credentials }
// @ts-expect-error: credentials that do not say whether there is a JWT
export const jwtless: Request["credentials"] = { authToken: "none" }
// @ts-expect-error: credentials that do not say whether there is a token
export const tokenless: Request["credentials"] = { jwt: "none" }
// @ts-expect-error: a token that does not say whether it is confirmed
export const unconfirmed: Token = {}
// @ts-expect-error: a token's session is there or absent, never null
export const nullSession: Token = { session: null, confirmation: "none" }
// @ts-expect-error: a peer without leaf
export const leafless: Peer = { paths: [] }
// @ts-expect-error: a peer that does not say which paths it has
export const pathless: Peer = { leaf: leafOf() }
// @ts-expect-error: a fingerprint is made, not written
export const written: Peer = { leaf: { sha256: "aa" }, paths: [] }
const { anchor, notBefore, notAfter, revocation } = pathOf()
// @ts-expect-error: a path without anchor
export const anchorless: TrustPath = { notBefore, notAfter, revocation }
// @ts-expect-error: a path without end
export const endless: TrustPath = { anchor, notBefore, revocation }
// @ts-expect-error: a path that says nothing of revocation
export const unrevoked: TrustPath = { anchor, notBefore, notAfter }
// @ts-expect-error: a status without the time until which it is known
export const unfresh: TrustPath["revocation"] = { status: "good" }
// @ts-expect-error: a holder of no organisation
export const orgless: Holder = { leaf: anchor, enrolled: true }
// @ts-expect-error: a holder that does not say whether it is enrolled
export const unenrolled: Holder = { leaf: anchor, orgId: "acme" }

const { apiId, orgId, staticMtls, identity } = policyInput()
// @ts-expect-error: no API
export const nameless: PolicyInput = { orgId, staticMtls, identity }
// @ts-expect-error: no organisation
export const orgOfNobody: PolicyInput = { apiId, staticMtls, identity }
// @ts-expect-error: nobody said whether there is an allow list
export const unlisted: PolicyInput = { apiId, orgId, identity }
// @ts-expect-error: no identity is not keyless
export const unidentified: PolicyInput = { apiId, orgId, staticMtls }
// @ts-expect-error: an allow list of leaves alone
export const halfListed: PolicyInput["staticMtls"] = { leaves: [] }
// @ts-expect-error: an auth token that does not say whether a certificate identifies it
export const kindless: PolicyInput["identity"] = { _tag: "authToken" }
// @ts-expect-error: an unknown mechanism
export const basic: PolicyInput["identity"] = { _tag: "basic" }
// @ts-expect-error: an unknown flag
export const flagged: PolicyInput["flags"] = { allowUnsafe: true }

const session: SessionInput = {
  id: "s1",
  orgId,
  active: true,
  expiresAt: "never",
  apis: "all",
  certificate: "none",
  bindings: "none",
  secret: true,
}
type Without<Key extends keyof SessionInput> = Omit<SessionInput, Key>
type Assignable<From, To> = From extends To ? true : false
/** Every field of a session is required. */
export const required: {
  readonly [Key in keyof SessionInput]: Assignable<Without<Key>, SessionInput>
} = {
  id: false,
  orgId: false,
  active: false,
  expiresAt: false,
  apis: false,
  certificate: false,
  bindings: false,
  secret: false,
}
// @ts-expect-error: rights that are absent are not all rights
export const rightless: SessionInput = { ...session, apis: undefined }
