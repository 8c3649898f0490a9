import {
  decide,
  type Flags,
  fingerprint,
  type Policy,
  type PolicyInput,
  policy,
  session,
  type Verdict,
} from "@countersign/engine"
import { canonicalKey } from "@countersign/http"
import { Connection } from "./connection.ts"
import { EvidenceCache } from "./evidence/evidence.ts"
import type { Trust } from "./evidence/trust.ts"
import { evidenceOf } from "./prepare.ts"
import { type StoredSession, sessionKeyFacts } from "./stored-session.ts"
import { toRequest } from "./to-request.ts"

/** A session as the application knows it. Every field is required: absence never opens. */
export interface KnownSession {
  /** The store key of this session; it is hashed and forgotten. */
  readonly key: string
  readonly orgId: string
  readonly active: boolean
  /** Epoch milliseconds. */
  readonly expiresAt: number | "never"
  readonly apis: readonly string[] | "all"
  /**
   * SHA-256 (64 hexadecimal digits) of the certificate that identifies this session;
   * `"unreadable"`: it names one that cannot be read, which is never enrolled.
   */
  readonly certificate: string | "none" | "unreadable"
  /** SHA-256 of every certificate that its token works with. */
  readonly bindings: readonly string[] | "none"
}

/** The policy of an API whose flags are given apart. */
export type ApiInput = Omit<PolicyInput, "flags">

export interface Authorization {
  /** Epoch milliseconds. */
  readonly now: number
  /** DER certificates as presented over TLS, the leaf first (empty: none), or `"plain"` without TLS. */
  readonly chain: readonly Uint8Array[] | "plain"
  /** The token as presented, without `Bearer `. It is compared with the session's key and not kept. */
  readonly token: string | undefined
  readonly api: ApiInput
  /**
   * What your store has for the token or, if none was presented, for the certificate. The session of
   * another token than the presented one is no session.
   */
  readonly session: KnownSession | undefined
  /**
   * Whether your organisation's certificate store holds the presented leaf or, where none was
   * presented, the certificate that the session names.
   */
  readonly enrolled: boolean
  readonly flags?: Partial<Flags>
  /** What the anchors of the allow list are; without it only listed certificates are admitted. */
  readonly trust?: Trust
}

/**
 * Decides one request for people who bring everything themselves: synchronous, no store, no server.
 * The API is the only one, so no server name can disagree with a host. A wrong policy or session is a
 * `TypeError`; everything in the request itself is a verdict. The policy is compiled once per `api`
 * and `flags` object.
 */
export function authorize(authorization: Authorization): Verdict {
  const { now, chain, token, enrolled, session: known } = authorization
  const compiled = compile(authorization.api, authorization.flags ?? safe)
  const plain = chain === "plain"
  const connection = new Connection({
    encrypted: !plain,
    serverName: undefined,
    chain: plain ? [] : chain,
  })
  const presented = token !== undefined && token !== ""
  const stored = known === undefined ? undefined : storedSession(known)
  const answers = {
    token: presented && known !== undefined && isKeyOf(known, token) ? stored : undefined,
    certificate: stored,
    enrolled: enrolled === true,
    namedEnrolled: enrolled === true,
  }
  const { trust } = authorization
  const api = trust === undefined ? { policy: compiled } : { policy: compiled, trust }
  const evidence = evidenceOf(api, cache, connection, now)
  const prepared = { api, hostAgrees: true, evidence, tokenPresented: presented }
  return decide(compiled, toRequest(cache.leaves, now, connection, prepared, answers))
}

/** Whether a token, in whatever spelling, is the key of a session. */
function isKeyOf({ orgId, key }: KnownSession, token: string): boolean {
  const [one, other] = [canonicalKey(orgId, key), canonicalKey(orgId, token)]
  return one.orgId === other.orgId && one.id === other.id
}

const safe: Partial<Flags> = {}
const cache = new EvidenceCache()
const compiledPolicies = new WeakMap<ApiInput, WeakMap<Partial<Flags>, Policy>>()

function compile(api: ApiInput, flags: Partial<Flags>): Policy {
  let byFlags = compiledPolicies.get(api)
  if (byFlags === undefined) {
    byFlags = new WeakMap()
    compiledPolicies.set(api, byFlags)
  }
  let compiled = byFlags.get(flags)
  if (compiled === undefined) {
    compiled = policy({ ...api, flags })
    byFlags.set(flags, compiled)
  }
  return compiled
}

/** A session of the application as a store's record; wrong types are a `TypeError`. */
export function storedSession(known: KnownSession): StoredSession {
  const { key, orgId, active, expiresAt, apis, bindings } = known
  if (typeof key !== "string") throw new TypeError("session.key must be a string")
  const certificate = certificateOf(known)
  const facts = sessionKeyFacts(String(orgId), key, certificate)
  const checked = session({
    ...facts,
    orgId,
    active,
    expiresAt,
    apis,
    bindings,
    certificate: "none",
  })
  return { ...checked, certificate }
}

function certificateOf({ certificate }: KnownSession): StoredSession["certificate"] {
  if (certificate === "none" || certificate === "unreadable") return certificate
  try {
    return fingerprint(certificate)
  } catch {
    const remedy = "64 hexadecimal digits, the SHA-256 of the DER"
    throw new TypeError(`session.certificate must be "none" or ${remedy}`)
  }
}
